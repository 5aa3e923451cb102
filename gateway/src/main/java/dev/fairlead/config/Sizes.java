package dev.fairlead.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Amounts of bytes as operators write them: `5MiB`, `64KiB`, `1GB`, or a plain number.
final class Sizes {
    static final String FORM = "[0-9]{1,12} ?([KkMmGg][Ii]?[Bb]|[Bb])?";

    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,12}) ?([kmg]?)(i?)b?");

    private Sizes() {}

    static ParsedText<Long> parse(String text) {
        if (!text.matches(FORM)) return new ParsedText.Other<>();
        Matcher parts = WHOLE.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) return new ParsedText.Other<>();
        long step = parts.group(3).isEmpty() ? 1000 : 1024;
        long unit = switch (parts.group(2)) {
            case "k" -> step;
            case "m" -> step * step;
            case "g" -> step * step * step;
            default -> 1;
        };
        long amount = Long.parseLong(parts.group(1));
        return amount > Long.MAX_VALUE / unit ? new ParsedText.Other<>() : new ParsedText.Value<>(amount * unit);
    }

    static String show(long bytes) {
        if (bytes > 0 && bytes % (1 << 30) == 0) return (bytes >> 30) + "GiB";
        if (bytes > 0 && bytes % (1 << 20) == 0) return (bytes >> 20) + "MiB";
        if (bytes > 0 && bytes % (1 << 10) == 0) return (bytes >> 10) + "KiB";
        return Long.toString(bytes);
    }
}
