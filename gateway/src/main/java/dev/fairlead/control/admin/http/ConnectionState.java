package dev.fairlead.control.admin.http;

import java.time.Duration;

/// What a connection does, and since when; out comes whether it may stay. Pure.
///
/// ```
///   IDLE ──▶ READING ──▶ WAITING ──▶ WRITING ──▶ IDLE …
///               └──────(refused)────────▲ └────▶ LINGERING ──▶ ENDED
/// ```
///
/// @param since on the clock of the loop, in nanoseconds: for a first request, when the connection was accepted
/// @param movedAt when its client last took something
/// @param written bytes of the answer that its client took
record ConnectionState(State state, long since, long movedAt, long written) {
    /// A client gets that long to begin and to send its request, and to take its answer, however many wait.
    private static final Duration GRACE = Duration.ofMillis(100);

    private static final Duration GRACE_OF_ANSWER = Duration.ofMillis(250);
    /// Whoever takes less of an answer is slow.
    private static final long BYTES_A_SECOND = 256 * 1024;

    private static final Duration UNREAD = Duration.ofSeconds(60);
    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final Duration CROWDED_IDLE = Duration.ofSeconds(2);
    private static final Duration CROWDED_REQUEST = Duration.ofSeconds(5);

    enum State {
        IDLE,
        READING,
        WAITING,
        WRITING,
        LINGERING,
        ENDED
    }

    /// Whether it may be ended for the sake of others: it does nothing, or too slowly.
    boolean mayMakeRoom(long now) {
        return switch (state) {
            case IDLE, READING -> isOver(since, GRACE, now);
            case WAITING -> false;
            case WRITING -> isSlow(now);
            case LINGERING, ENDED -> true;
        };
    }

    boolean isSlow(long now) {
        long nanos = now - since;
        return state == State.WRITING
                && nanos > GRACE_OF_ANSWER.toNanos()
                && written < BYTES_A_SECOND * nanos / Duration.ofSeconds(1).toNanos();
    }

    /// Whether its time is over.
    ///
    /// @param crowded most places are taken
    boolean isLate(long now, boolean crowded, AdminLimits limits) {
        return switch (state) {
            case IDLE -> isOver(since, crowded ? CROWDED_IDLE : limits.idle(), now);
            case READING -> isOver(since, crowded ? least(CROWDED_REQUEST, limits.request()) : limits.request(), now);
            case WAITING -> false;
            case WRITING -> isOver(movedAt, UNREAD, now);
            case LINGERING -> isOver(since, LINGER, now);
            case ENDED -> true;
        };
    }

    private static boolean isOver(long since, Duration time, long now) {
        return now - since > time.toNanos();
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
