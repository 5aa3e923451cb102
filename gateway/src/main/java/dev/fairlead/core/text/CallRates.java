package dev.fairlead.core.text;

import dev.fairlead.core.policy.CallRate;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rates as operators write them: `100/s`, `2000/5m`, `1000000/d`.
public final class CallRates {
    public static final String FORM = "[1-9][0-9]{0,11}/(" + Durations.FORM + "|s|m|h|d)";

    public static final long MOST_CREDITS = 999_999_999_999L;
    public static final Duration SHORTEST = Duration.ofMillis(100);
    public static final Duration LONGEST = Duration.ofDays(31);

    /// Completes "expected …".
    public static final String EXPECTED = "a rate such as \"100/s\" or \"2000/5m\", of a window from 100ms to 31d";

    private static final Pattern WHOLE = Pattern.compile("([1-9][0-9]{0,11})/(.+)");

    private CallRates() {}

    /// Nothing when `text` is no rate.
    public static Optional<CallRate> read(String text) {
        Matcher rate = WHOLE.matcher(text);
        if (!rate.matches()) return Optional.empty();
        String window = rate.group(2);
        String whole = Character.isDigit(window.charAt(0)) ? window : "1" + window;
        return Durations.read(whole)
                .filter(CallRates::isFit)
                .map(time -> new CallRate(Long.parseLong(rate.group(1)), time));
    }

    private static boolean isFit(Duration window) {
        return window.compareTo(SHORTEST) >= 0 && window.compareTo(LONGEST) <= 0;
    }

    public static String show(CallRate rate) {
        String window = window(rate.window());
        boolean isOne = window.length() == 2 && window.charAt(0) == '1';
        return rate.credits() + "/" + (isOne ? window.substring(1) : window);
    }

    /// In minutes where it is some, and neither hours nor days.
    private static String window(Duration window) {
        String shown = Durations.show(window);
        boolean isMinutes = shown.endsWith("s") && !shown.endsWith("ms") && window.toSeconds() % 60 == 0;
        return isMinutes ? window.toMinutes() + "m" : shown;
    }
}
