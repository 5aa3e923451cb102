package dev.fairlead.core.text;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as operators write them: `250ms`, `2s`, `5m`, `1h30m`, `7d`.
public final class Durations {
    public static final String FORM = "([0-9]{1,9}(ms|s|m|h|d))+";

    private static final Pattern WHOLE = Pattern.compile(FORM);
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private Durations() {}

    /// Nothing when `text` is not of that form.
    public static Optional<Duration> read(String text) {
        if (!WHOLE.matcher(text).matches()) return Optional.empty();
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) sum = sum.plus(of(Long.parseLong(part.group(1)), part.group(2)));
        return Optional.of(sum);
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /// In one unit, the largest that needs no fraction; up to two minutes in seconds.
    public static String show(Duration time) {
        long millis = time.toMillis();
        if (millis == 0) return "0s";
        if (millis % 1000 != 0) return millis + "ms";
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) return seconds / 86_400 + "d";
        if (seconds % 3600 == 0) return seconds / 3600 + "h";
        return seconds % 60 == 0 && seconds > 120 ? seconds / 60 + "m" : seconds + "s";
    }
}
