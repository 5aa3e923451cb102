package dev.fairlead.data.dispatch;

/// How the last 20 attempts at a node went; before there were as many, the missing ones count as good.
///
/// @param bits one for each attempt, the newest lowest; set when it went bad
record History(int bits) {
    static final History CLEAN = new History(0);

    private static final int WINDOW = (1 << 20) - 1;
    private static final int TOO_MANY = 10;

    History bad() {
        return new History((bits << 1 | 1) & WINDOW);
    }

    History good() {
        int next = bits << 1 & WINDOW;
        return next == 0 ? CLEAN : new History(next);
    }

    boolean isTooBad() {
        return Integer.bitCount(bits) >= TOO_MANY;
    }
}
