package dev.fairlead.data.load;

import dev.fairlead.core.fault.Backoff;
import java.time.Duration;

/// Whether this gateway uses a node or spares it after failures. Pure: every transition is told the time.
///
/// ```
///            a failure                   its time is over, a call claims it
///   In ──────────────────▶ Out ────────────────────────────────▶ Trial
///   ▲                      ▲ │ a later answer, or health             │
///   │                      │ ▼                                       │
///   └──────────────────────┼── In (remembers how often) ◀── answer ──┤
///                          └────────────────── failure: longer ──────┘
/// ```
///
/// All times are nanoseconds of one clock that may wrap: they are compared by difference only.
public sealed interface EjectionState {
    /// @param level how many ejections came close before; the next one lasts `eject` times 2 to this power
    /// @param since when it was admitted; failures of attempts that began before do not count
    record In(int level, long since) implements EjectionState {}

    record Out(int level, long at, long until, String cause) implements EjectionState {
        public boolean isOver(long now) {
            return now - until >= 0;
        }
    }

    /// One call tests whether the node works again.
    record Trial(int level, long at, String cause) implements EjectionState {}

    /// @param startedAt when the failed attempt began
    default EjectionState failed(String cause, long startedAt, long now, Duration eject, Duration atMost) {
        return switch (this) {
            case In(var level, var since) -> {
                if (startedAt - since < 0) yield this;
                yield out(now - since > atMost.toNanos() ? 0 : level, cause, now, eject, atMost);
            }
            case Out out -> {
                boolean afterwards = startedAt - out.until >= 0;
                yield afterwards ? out(out.level + 1, cause, now, eject, atMost) : this;
            }
            case Trial(var level, var at, var _) ->
                startedAt - at < 0 ? this : out(level + 1, cause, now, eject, atMost);
        };
    }

    /// @param startedAt when the answered attempt began; an attempt that began before the ejection proves
    /// nothing
    default EjectionState answered(long startedAt, long now) {
        return switch (this) {
            case In _ -> this;
            case Out(var level, var at, var _, var _) -> startedAt - at < 0 ? this : new In(level + 1, now);
            case Trial(var level, var at, var _) -> startedAt - at < 0 ? this : new In(level + 1, now);
        };
    }

    /// Health found it ready after it had not been.
    default EjectionState recovered(long now) {
        return switch (this) {
            case In _ -> this;
            case Out(var level, var _, var _, var _) -> new In(level + 1, now);
            case Trial(var level, var _, var _) -> new In(level + 1, now);
        };
    }

    /// One call may try the node, if the ejection's time is over and no other call is trying it.
    default EjectionState tried(long now) {
        return this instanceof Out out && out.isOver(now) ? new Trial(out.level, now, out.cause) : this;
    }

    /// The trial ended without showing anything; the next call may try.
    default EjectionState untried(long now) {
        return this instanceof Trial(var level, var at, var cause) ? new Out(level, at, now, cause) : this;
    }

    private static Out out(int level, String cause, long now, Duration eject, Duration atMost) {
        return new Out(level, now, now + window(level, eject, atMost), cause);
    }

    static long window(int level, Duration eject, Duration atMost) {
        return new Backoff(eject, atMost).nanos(level + 1);
    }
}
