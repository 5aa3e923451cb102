package dev.fairlead.config;

import dev.fairlead.core.policy.CallRate;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rates as operators write them: `100/s`, `2000/5m`, `1000000/d`.
final class CallRates {
    static final String FORM = "[1-9][0-9]{0,11}/(" + Durations.FORM + "|s|m|h|d)";

    private static final Pattern WHOLE = Pattern.compile("([1-9][0-9]{0,11})/(.+)");

    private CallRates() {}

    static ParsedText<CallRate> parse(String text) {
        Matcher rate = WHOLE.matcher(text);
        if (!rate.matches()) return new ParsedText.Other<>();
        String window = rate.group(2);
        String whole = Character.isDigit(window.charAt(0)) ? window : "1" + window;
        return switch (Durations.parse(whole)) {
            case ParsedText.Value<Duration>(var time)
            when isFit(time) -> new ParsedText.Value<>(new CallRate(Long.parseLong(rate.group(1)), time));
            case ParsedText.Value<Duration> _, ParsedText.Other<Duration> _, ParsedText.Wrong<Duration> _ ->
                new ParsedText.Other<>();
        };
    }

    private static boolean isFit(Duration window) {
        return window.compareTo(Duration.ofMillis(100)) >= 0 && window.compareTo(Duration.ofDays(31)) <= 0;
    }

    static String show(CallRate rate) {
        String window = Durations.show(rate.window());
        boolean isOne = window.length() == 2 && window.charAt(0) == '1';
        return rate.credits() + "/" + (isOne ? window.substring(1) : window);
    }
}
