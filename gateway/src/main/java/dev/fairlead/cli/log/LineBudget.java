package dev.fairlead.cli.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides which log lines are written: so many a minute of each kind, so many of all kinds together; counts
/// the rest. No clock, no logger.
///
/// @param <L> a line
final class LineBudget<L> {
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int MOST_KINDS = 4_096;

    private final Map<LineKind, Count<L>> counts = new HashMap<>();
    private final int ofKind;
    private final int ofAll;
    private long since;
    private int written;

    /// @param ofKind lines of one kind in a minute
    /// @param ofAll lines in a minute
    LineBudget(int ofKind, int ofAll) {
        this.ofKind = ofKind;
        this.ofAll = ofAll;
    }

    /// Lines of one kind that were left out.
    ///
    /// @param last one of them
    record LeftOut<L>(L last, long lines) {}

    /// @param now nanoseconds of a clock that never goes back
    synchronized boolean admits(LineKind kind, L line, long now) {
        if (written == 0 || now - since >= WINDOW.toNanos()) {
            since = now;
            written = 0;
            counts.values().removeIf(count -> count.isSpent(now));
        }
        Count<L> count = count(kind, now);
        if (count.written < ofKind && written < ofAll) {
            count.written++;
            written++;
            return true;
        }
        count.leftOut++;
        count.last = line;
        return false;
    }

    private Count<L> count(LineKind kind, long now) {
        Count<L> known = counts.get(kind);
        if (known != null && !known.isSpent(now)) return known;
        counts.remove(kind);
        LineKind told = counts.size() < MOST_KINDS ? kind : kind.coarse();
        return counts.computeIfAbsent(told, _ -> new Count<>(now));
    }

    /// What was left out in minutes that are over, most lines first; each is returned once.
    synchronized List<LeftOut<L>> due(long now) {
        var due = new ArrayList<LeftOut<L>>();
        for (Iterator<Count<L>> all = counts.values().iterator(); all.hasNext(); ) {
            Count<L> count = all.next();
            if (now - count.since < WINDOW.toNanos()) continue;
            if (count.last != null) due.add(new LeftOut<>(count.last, count.leftOut));
            all.remove();
        }
        due.sort(Comparator.comparingLong((LeftOut<L> left) -> left.lines()).reversed());
        return due;
    }

    private static final class Count<L> {
        private final long since;
        private int written;
        private long leftOut;
        private @Nullable L last;

        Count(long now) {
            this.since = now;
        }

        /// Its minute is over, and nothing was left out that is not reported yet.
        boolean isSpent(long now) {
            return last == null && now - since >= WINDOW.toNanos();
        }
    }
}
