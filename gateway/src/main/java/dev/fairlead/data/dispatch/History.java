package dev.fairlead.data.dispatch;

import java.time.Duration;

/// How the last 20 attempts at one [dev.fairlead.core.eth.Service] of a node went, and until when the node is spared
/// such calls; before there were as many, the missing ones count as good. Pure; times are nanoseconds of the gateway's
/// clock.
///
/// @param bits one for each attempt, the newest lowest; set when it went bad
/// @param level how often it was spared since all went well
/// @param until meaningful when the level is not 0
record History(int bits, int level, long until) {
    static final History CLEAN = new History(0, 0, 0);

    private static final int WINDOW = (1 << 20) - 1;
    private static final int TOO_MANY = 10;

    /// Once too many went bad, the node is spared; when that is over, the next bad one is enough, and it lasts longer.
    History bad(long now, Duration eject, Duration atMost) {
        var next = new History((bits << 1 | 1) & WINDOW, level, until);
        if (!next.isTooBad() || isSpared(now)) return next;
        return new History(next.bits, level + 1, now + Standing.window(level, eject, atMost));
    }

    History good() {
        int next = bits << 1 & WINDOW;
        return next == 0 ? CLEAN : new History(next, level, until);
    }

    boolean isSpared(long now) {
        return level > 0 && until - now > 0;
    }

    boolean isTooBad() {
        return Integer.bitCount(bits) >= TOO_MANY;
    }
}
