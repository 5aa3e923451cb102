package dev.fairlead.control.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// When the reference was first seen at each height: the only way to tell for how long a node has been behind that
/// needs no timestamps and works on every chain.
///
/// @param passages lowest and oldest first
record LagClock(List<Passage> passages) {
    static final LagClock EMPTY = new LagClock(List.of());

    private static final int KEPT = 4096;
    /// Beyond, what is older is remembered less closely, to so small a part of its age: on a fast chain a tolerated
    /// time has many heights.
    private static final int PART_OF_AGE = 256;

    record Passage(long height, Instant at) {}

    /// The reference stands at `height`. Where it went back, what it had passed above that no longer counts.
    LagClock saw(long height, Instant at) {
        if (!passages.isEmpty() && passages.getLast().height() == height) return this;
        int kept = passages.size();
        while (kept > 0 && passages.get(kept - 1).height() >= height) kept--;
        var next = kept < KEPT ? new ArrayList<>(passages.subList(0, kept)) : coarser(passages.subList(0, kept), at);
        next.add(new Passage(height, at));
        return new LagClock(List.copyOf(next));
    }

    private static ArrayList<Passage> coarser(List<Passage> passages, Instant now) {
        var kept = new ArrayList<Passage>(passages.size());
        Instant newer = Instant.MAX;
        for (Passage passage : passages.reversed()) {
            Duration part = Duration.between(passage.at(), now).dividedBy(PART_OF_AGE);
            if (passage.at().isAfter(newer.minus(part))) continue;
            kept.add(passage);
            newer = passage.at();
        }
        return new ArrayList<>(kept.subList(0, Math.min(kept.size(), KEPT - 1)).reversed());
    }

    /// How long ago the reference was first seen above `height`; zero where it was not. Where that happened before we
    /// looked, at least the time since then.
    Duration since(long height, Instant now) {
        Instant passed = now;
        for (int i = passages.size() - 1; i >= 0 && passages.get(i).height() > height; i--) {
            passed = passages.get(i).at();
        }
        return passed.isBefore(now) ? Duration.between(passed, now) : Duration.ZERO;
    }

    /// Where the reference stands, or stood when there was one; absent until there was.
    OptionalLong top() {
        return passages.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(passages.getLast().height());
    }

    /// When the reference was seen to move; absent until it was seen at two heights.
    Optional<Instant> moved() {
        return passages.size() < 2
                ? Optional.empty()
                : Optional.of(passages.getLast().at());
    }
}
