package dev.fairlead.core.reply;

import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// How long a node asks to be left alone, in any of the ways that nodes say it. Zero when it does not say; an
/// hour at most, because a node that asks for more is not believed.
public final class RetryAfter {
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /// @param header value of `Retry-After`: seconds or an HTTP date
    public static Duration of(@Nullable String header, Instant now) {
        if (header == null) return Duration.ZERO;
        String text = header.trim();
        Duration inSeconds = seconds(text);
        if (!inSeconds.isZero()) return inSeconds;
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return bounded(Duration.between(now, at));
        } catch (DateTimeException _) {
            return Duration.ZERO;
        }
    }

    /// As Infura says it: `backoff_seconds` in the error's data, or one level down, in its `rate`.
    static Duration of(@Nullable RpcError error) {
        if (error == null || error.data().isEmpty()) return Duration.ZERO;
        Slice own = JsonPick.member(error.data(), "backoff_seconds");
        Slice rate = own.isEmpty() ? JsonPick.member(error.data(), "rate") : Slice.NONE;
        return seconds((rate.isEmpty() ? own : JsonPick.member(rate, "backoff_seconds")).text());
    }

    private static Duration seconds(String text) {
        if (text.isEmpty() || text.length() > 32) return Duration.ZERO;
        try {
            double seconds = Double.parseDouble(text);
            if (!(seconds > 0)) return Duration.ZERO;
            return bounded(Duration.ofMillis((long) Math.min(seconds * 1000, (double) LONGEST.toMillis())));
        } catch (NumberFormatException _) {
            return Duration.ZERO;
        }
    }

    private static Duration bounded(Duration wanted) {
        if (wanted.isNegative()) return Duration.ZERO;
        return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    }
}
