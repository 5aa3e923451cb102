package dev.fairlead.data.load;

import java.time.Duration;

/// How the last 20 attempts at one [dev.fairlead.core.eth.Service] of a node went, and until when the node is
/// spared such calls; while there were fewer, the missing ones count as good. Pure; times are nanoseconds of
/// the gateway's clock.
///
/// @param bits one for each attempt, the newest lowest; set when it went bad
/// @param level how often it was spared since all went well
/// @param until meaningful when the level is not 0
/// @param hanging calls that have waited for long while none was answered
/// @param watch what was seen of this node since calls hang at another one
public record FailureWindow(int bits, int level, long until, int hanging, Watch watch) {
    public static final FailureWindow CLEAN = new FailureWindow(0, 0, 0, 0, Watch.NONE);

    private static final int WINDOW = (1 << 20) - 1;
    private static final int TOO_MANY = 10;
    private static final int TOO_MANY_HANG = 3;
    /// A call that used all of its time counts for so many errors, because it costs its client more.
    public static final int LONG_LOST = 4;

    /// Whether calls of the same service hang at another node, and this one has answered one since.
    public enum Watch {
        NONE,
        SILENT,
        ANSWERS
    }

    /// Once too many went bad, the node is spared such calls. After that time, one more bad one is enough, and
    /// it is spared for longer.
    ///
    /// @param weight how many bad attempts this one counts for
    FailureWindow bad(int weight, long now, Duration eject, Duration atMost) {
        int next = (bits << weight | (1 << weight) - 1) & WINDOW;
        var after = new FailureWindow(next, level, until, hanging, watch);
        return !after.isTooBad() || isSpared(now) ? after : after.spared(now, eject, atMost);
    }

    /// The node is at fault that calls hang, or that one got no answer in all of its time: it is spared such
    /// calls at once.
    FailureWindow foundHanging(long now, Duration eject, Duration atMost) {
        var lost = new FailureWindow((bits << LONG_LOST | (1 << LONG_LOST) - 1) & WINDOW, level, until, hanging, watch);
        return lost.spared(now, eject, atMost);
    }

    private FailureWindow spared(long now, Duration eject, Duration atMost) {
        return new FailureWindow(bits, level + 1, now + EjectionState.window(level, eject, atMost), 0, watch);
    }

    FailureWindow good() {
        Watch seen = watch == Watch.NONE ? Watch.NONE : Watch.ANSWERS;
        return changed(bits << 1 & WINDOW, 0, seen);
    }

    /// One more call has waited for long.
    FailureWindow hangs() {
        return new FailureWindow(bits, level, until, hanging + 1, watch);
    }

    /// From now on it counts whether the node answers.
    FailureWindow watched() {
        return watch == Watch.NONE ? new FailureWindow(bits, level, until, hanging, Watch.SILENT) : this;
    }

    /// Calls that hung without an answer are remembered until one is answered.
    FailureWindow unwatched() {
        return changed(bits, hanging, Watch.NONE);
    }

    /// A client gave up waiting for a call that hung: the next call is not to wait as long.
    FailureWindow givenUp() {
        boolean answeredSince = hanging == 0;
        return answeredSince ? this : new FailureWindow(bits, level, until, Math.max(hanging, TOO_MANY_HANG), watch);
    }

    private FailureWindow changed(int next, int stillHanging, Watch seen) {
        if (next == bits && stillHanging == hanging && seen == watch) return this;
        boolean clean = next == 0 && stillHanging == 0 && seen == Watch.NONE;
        return clean ? CLEAN : new FailureWindow(next, next == 0 ? 0 : level, until, stillHanging, seen);
    }

    boolean isSpared(long now) {
        return level > 0 && until - now > 0;
    }

    boolean isTooBad() {
        return Integer.bitCount(bits) >= TOO_MANY;
    }

    /// Whether so many calls hang that the node is at fault if others answer. Soon after it was at fault, one
    /// is enough.
    public boolean isHanging() {
        return hanging >= (level > 0 ? 1 : TOO_MANY_HANG);
    }
}
