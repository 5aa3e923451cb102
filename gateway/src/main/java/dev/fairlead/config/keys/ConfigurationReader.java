package dev.fairlead.config.keys;

import dev.fairlead.config.RawValue;
import dev.fairlead.config.file.BoundedFile;
import dev.fairlead.config.file.ConfigurationFault;
import dev.fairlead.config.file.DoubtfulLines;
import dev.fairlead.config.file.FilePlace;
import dev.fairlead.config.file.FileReading;
import dev.fairlead.config.file.LineLimits;
import dev.fairlead.config.file.TextExtent;
import dev.fairlead.config.file.UnlistedFaults;
import dev.fairlead.core.text.KeyPlaces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlVersion;

/// The steps from a text to a [Configuration]: syntax, then every key, then faults that only the whole shows.
public final class ConfigurationReader {
    private static final Comparator<ConfigurationFault> BY_PLACE = Comparator.comparingInt(ConfigurationFault::line)
            .thenComparingInt(ConfigurationFault::column)
            .thenComparing(ConfigurationFault::path)
            .thenComparing(ConfigurationFault::text);

    /// Longer pieces of the file in a message of the TOML reader; they may be part of a secret.
    private static final Pattern REPEATED = Pattern.compile("'[^'\\s]{3,}'");

    private static final Pattern UNQUOTED = Pattern.compile("=\\s*[^\\s\"'\\[{}\\],]{2,}$");

    private static final int LISTED = 20;

    /// A reload may use this part of the largest heap, because the gateway serves calls at the same time.
    private static final int SHARE = 2;

    private static final long MIB = 1024 * 1024;

    /// Bytes beyond which a file is not a configuration.
    public static final int LARGEST = 4 * 1024 * 1024;

    private ConfigurationReader() {}

    /// @param environment where `${NAME}` is looked up
    public static Configuration read(Path file, Map<String, String> environment) {
        String name = file.toString();
        try {
            if (Files.isDirectory(file)) return unreadable(name, "expected a file, found a directory");
            byte[] bytes = BoundedFile.read(file, LARGEST);
            if (bytes.length > LARGEST) return unreadable(name, "expected a file of at most 4 MiB, found more");
            String toml = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            Path directory = file.toAbsolutePath().normalize().getParent();
            return read(name, toml, directory == null ? Path.of("") : directory, environment);
        } catch (NoSuchFileException _) {
            return unreadable(name, "there is no such file; name another one with --config");
        } catch (AccessDeniedException _) {
            return unreadable(name, "this process may not read the file");
        } catch (CharacterCodingException _) {
            return unreadable(name, "the file is not text in UTF-8; save it as UTF-8");
        } catch (IOException e) {
            return unreadable(name, "the file cannot be read: " + e.getMessage() + "; name a file with --config");
        }
    }

    /// @param directory where relative paths start
    public static Configuration parse(String toml, Path directory, Map<String, String> environment) {
        return read("fairlead.toml", toml, directory, environment);
    }

    private static Configuration.Faulty unreadable(String name, String why) {
        return new Configuration.Faulty(List.of(new ConfigurationFault(name, 0, 0, "", why)));
    }

    private static Configuration read(String name, String toml, Path directory, Map<String, String> environment) {
        String text = withoutMark(toml);
        ConfigurationFault tooMuch = LineLimits.find(name, text);
        if (tooMuch != null) return new Configuration.Faulty(List.of(tooMuch));
        long memory = Runtime.getRuntime().maxMemory() / SHARE;
        TextExtent textExtent = extent(text, memory);
        TomlParseResult document = Toml.parse(textExtent.text(), TomlVersion.V1_0_0);
        List<ConfigurationFault> syntax = document.errors().stream()
                .map(error -> fault(name, text, error))
                .toList();
        var doubtful = DoubtfulLines.of(textExtent.text(), document.errors());
        var reading = new FileReading(name, directory, environment, doubtful.harmless());
        Settings settings = Keys.ROOT.read(new RawValue(document, FilePlace.TOP), reading);
        if (textExtent.isWhole() && doubtful.harmless() && settings != null) ConsistencyChecks.run(settings, reading);

        var faults = new ArrayList<>(syntax);
        faults.addAll(reading.faults().stream()
                .filter(fault -> !doubtful.holds(fault))
                .toList());
        faults.sort(BY_PLACE);
        boolean tooLong = !TextExtent.of(text, TextExtent.MOST, memory).isWhole();
        if (tooLong) faults.addFirst(new ConfigurationFault(name, 0, 0, "", tooLong(text, memory)));
        if (faults.isEmpty()) {
            Settings whole = Objects.requireNonNull(settings).with(KeyPlaces.of(name, reading.lines()));
            return new Configuration.Valid(whole, reading.notices());
        }
        UnlistedFaults rest = new UnlistedFaults(0, textExtent.left());
        if (!textExtent.isWhole() && syntax.isEmpty()) {
            rest = UnlistedFaults.of(text, textExtent, memory, piece -> faultsOf(name, piece, directory, environment));
        }
        // when all faults are counted, the one about the file's length takes no other's place
        int most = tooLong && rest.left() == 0 ? LISTED + 1 : LISTED;
        return new Configuration.Faulty(listed(name, faults, most, reading.unkept() + rest.faults(), rest.left()));
    }

    /// How many faults a piece of a text has that was taken out of its middle; -1 when it is no TOML.
    private static int faultsOf(String name, String piece, Path directory, Map<String, String> environment) {
        TomlParseResult document = Toml.parse(piece, TomlVersion.V1_0_0);
        if (document.hasErrors()) return -1;
        var reading = new FileReading(name, directory, environment, false);
        Keys.ROOT.read(new RawValue(document, FilePlace.TOP), reading);
        return reading.faults().size() + reading.unkept();
    }

    private static TextExtent extent(String text, long memory) {
        TextExtent beginning = TextExtent.of(text, TextExtent.BEGINNING, memory);
        if (beginning.isWhole()) return beginning;
        boolean nonsense =
                Toml.parse(beginning.text(), TomlVersion.V1_0_0).errors().size() >= LISTED;
        return nonsense ? beginning : TextExtent.of(text, TextExtent.MOST, memory);
    }

    private static String tooLong(String text, long memory) {
        TextExtent textExtent = TextExtent.of(text, TextExtent.MOST, Long.MAX_VALUE);
        if (!textExtent.isWhole()) {
            return "expected at most %,d lines and elements of lists together, found more in %,d lines; nodes can also be"
                            .formatted(TextExtent.MOST, textExtent.lines())
                    + " added at run time";
        }
        return "expected a file that takes at most %,d MiB of memory to be read, half of the heap, found more in %,d lines;"
                        .formatted(memory / MIB, textExtent.lines())
                + " raise -Xmx (FAIRLEAD_JAVA_OPTS), or add nodes at run time";
    }

    /// Lists the first faults, and counts the others.
    ///
    /// @param most how many are told one by one
    /// @param left lines that are not read
    private static List<ConfigurationFault> listed(
            String name, List<ConfigurationFault> faults, int most, int unkept, int left) {
        int more = faults.size() - most + unkept;
        if (more <= 0 && left == 0) return List.copyOf(faults);
        var listed = new ArrayList<>(faults.subList(0, Math.min(most, faults.size())));
        listed.add(new ConfigurationFault(name, 0, 0, "", rest(Math.max(0, more), left)));
        return List.copyOf(listed);
    }

    private static String rest(int more, int left) {
        String untold = more == 0 ? "" : "and %,d more".formatted(more);
        String unread = left == 0 ? "" : "%,d lines are not read".formatted(left);
        return untold + (untold.isEmpty() || unread.isEmpty() ? "" : "; ") + unread;
    }

    private static ConfigurationFault fault(String name, String text, TomlParseError error) {
        String message = REPEATED.matcher(String.valueOf(error.getMessage())).replaceAll("text");
        String said = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
        return new ConfigurationFault(
                name, error.position().line(), error.position().column(), "", said + hint(message, text, error));
    }

    private static String hint(String message, String text, TomlParseError error) {
        if (message.endsWith("expected a value") || isAmidWord(message, text, error)) {
            return "; text stands in double quotes";
        }
        if (message.contains("previously defined")) return "; keep one of the two";
        return "";
    }

    /// Whether a value begins like a number and goes on: `127.0.0.1:8545`.
    private static boolean isAmidWord(String message, String text, TomlParseError error) {
        int column = error.position().column();
        if (!message.endsWith("expected a newline or end-of-input") || column < 2) return false;
        return text.lines()
                .skip(error.position().line() - 1L)
                .findFirst()
                .filter(line -> column <= line.length()
                        && UNQUOTED.matcher(line.substring(0, column)).find())
                .isPresent();
    }

    private static String withoutMark(String toml) {
        return toml.startsWith("\uFEFF") ? toml.substring(1) : toml;
    }
}
