package dev.fairlead.cli.callers;

import dev.fairlead.core.text.Durations;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What can be said of a new key. The key itself is never an argument: those stand in the shell's history, and `ps`
/// shows them.
final class KeyOptions {
    private static final String TIME = "never|[0-9]{4}-[0-9]{2}-[0-9]{2}(T.+)?";
    /// More than any key has.
    private static final int MOST = 1_000;

    @Option(
            names = "--key",
            description = "take the key that stands on the first line of the standard input, such as the one that your "
                    + "clients have already, instead of a new one")
    private boolean brought;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "when it ends: 90d from now, 2027-01-31, 2027-01-31T12:00:00Z, or never")
    private @Nullable String expires;

    Map<String, Object> asked(CommandLine command) {
        var asked = new HashMap<String, Object>();
        if (expires != null) {
            var time = Durations.read(expires);
            if (time.isPresent()) asked.put("expiresInSeconds", time.get().toSeconds());
            else if (expires.matches(TIME)) asked.put("expiresAt", expires);
            else {
                throw new ParameterException(
                        command, "--expires: expected 90d, 2027-01-31 or never, for example, found " + expires);
            }
        }
        if (brought) asked.put("key", key(command));
        return asked;
    }

    @SuppressWarnings("SystemConsoleNull") // null again since JDK 25 where nobody types
    private static String key(CommandLine command) {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword("key: ");
            return typed == null ? "" : new String(typed).strip();
        }
        try {
            // Whoever pipes goes on to use the stream: it is not closed.
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            var line = new StringBuilder();
            for (int next = in.read(); next >= 0 && next != '\n' && line.length() < MOST; next = in.read()) {
                line.append((char) next);
            }
            return line.toString().strip();
        } catch (IOException cannot) {
            throw new ParameterException(command, "the standard input cannot be read: " + cannot.getMessage());
        }
    }
}
