package dev.fairlead.cli.console;

/// Spans of time in words: `45 s`, `12 min`, `3 h`, `2 d`.
public final class TimeSpans {
    private TimeSpans() {}

    public static String words(long seconds) {
        if (seconds < 120) return seconds + " s";
        if (seconds < 2 * 3600) return seconds / 60 + " min";
        if (seconds < 2 * 86400) return seconds / 3600 + " h";
        return seconds / 86400 + " d";
    }
}
