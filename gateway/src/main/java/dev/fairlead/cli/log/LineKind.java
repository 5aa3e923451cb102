package dev.fairlead.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/// What log lines that repeat each other have in common: everything but numbers, and which call it was. Lines about
/// different nodes, chains or reasons are of different kinds.
///
/// @param template of the message, before its arguments
/// @param about arguments and keys without their numbers; empty where there are too many kinds to tell them apart
record LineKind(String logger, Level level, String template, String about) {
    private static final Set<String> TELLING =
            Set.of("chain", "node", "group", "method", "outcome", "reason", "status", "code");
    private static final int LONGEST = 240;

    static LineKind of(ILoggingEvent line) {
        var about = new StringBuilder();
        withoutNumbers(String.valueOf(line.getFormattedMessage()), about);
        List<KeyValuePair> pairs = line.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                if (TELLING.contains(pair.key)) about.append('\n').append(brief(String.valueOf(pair.value)));
            }
        }
        return new LineKind(line.getLoggerName(), line.getLevel(), template(line), about.toString());
    }

    /// All lines of one template together.
    LineKind coarse() {
        return new LineKind(logger, level, template, "");
    }

    private static String template(ILoggingEvent line) {
        return brief(String.valueOf(line.getMessage()));
    }

    private static String brief(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /// Numbers, hashes and times become `#`.
    private static void withoutNumbers(String text, StringBuilder out) {
        boolean number = false;
        for (int i = 0; i < text.length() && out.length() < LONGEST; i++) {
            char c = text.charAt(i);
            boolean goesOn = number && (Character.digit(c, 16) >= 0 || c == 'x' || c == '.' || c == ':');
            if (!goesOn) number = c >= '0' && c <= '9';
            if (!number) out.append(c);
            else if (!goesOn) out.append('#');
        }
    }
}
