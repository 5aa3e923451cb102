package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.AdminConnection.Asked;
import dev.fairlead.control.admin.http.AdminRoute.Lane;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// The requests that wait in one lane. One is worked on at a time, first in, first out; as a connection has one of them
/// at most, connections take turns. Lives on the loop of the admin API.
final class LaneQueue {
    /// After work, a lane rests as long as the work took, up to this, so that calls of clients find the processor free.
    private static final Duration LONGEST_REST = Duration.ofMillis(50);

    private final Lane lane;
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private boolean busy;
    private long restsUntil;
    private long unread;

    LaneQueue(Lane lane, long now) {
        this.lane = lane;
        this.restsUntil = now;
    }

    Lane lane() {
        return lane;
    }

    /// @param most that may wait
    boolean takes(Asked asked, int most) {
        return waiting.size() < most && waiting.add(asked);
    }

    /// Counts bytes of answers that clients have not taken yet, more of them or fewer.
    void count(int bytes) {
        unread += bytes;
    }

    long unread() {
        return unread;
    }

    /// Whether requests wait for others to take their answers.
    boolean isFull() {
        return !waiting.isEmpty() && unread >= lane.mostUnread();
    }

    /// How many nanoseconds those that wait have to wait at least; never when it depends on others.
    long untilNext(long now) {
        return waiting.isEmpty() || busy ? Long.MAX_VALUE : Math.max(0, restsUntil - now);
    }

    /// Whose turn it is, and all others that ask the same: they asked before the answer is made. Empty when nobody's.
    List<Asked> next(long now) {
        if (waiting.isEmpty() || busy || restsUntil - now > 0 || isFull()) return List.of();
        busy = true;
        Asked first = waiting.remove();
        var same = new ArrayList<Asked>();
        same.add(first);
        String answer = first.found().sameAnswer();
        if (answer != null) takeSame(answer, same);
        return same;
    }

    private void takeSame(String answer, List<Asked> into) {
        Iterator<Asked> others = waiting.iterator();
        while (others.hasNext()) {
            Asked other = others.next();
            if (!answer.equals(other.found().sameAnswer())) continue;
            into.add(other);
            others.remove();
        }
    }

    void finished(long now, long took) {
        busy = false;
        restsUntil = now + Math.min(took, LONGEST_REST.toNanos());
    }
}
