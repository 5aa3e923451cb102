package dev.fairlead.config.keys;

import dev.fairlead.config.file.BoundedFile;
import dev.fairlead.config.file.ConfigurationFault;
import dev.fairlead.config.file.ConfigurationNotice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a configuration file turned out to be: settings to run with, or everything that is wrong with it.
public sealed interface Configuration {
    record Valid(Settings settings, List<ConfigurationNotice> notices) implements Configuration {}

    /// @param faults all there are, in the order of the file; never empty. Of many the first ones, and one that says
    /// how many more there are
    record Faulty(List<ConfigurationFault> faults) implements Configuration {}

    /// Bytes beyond which a file is not a configuration.
    int LARGEST = 4 * 1024 * 1024;

    /// @param environment where `${NAME}` is looked up
    static Configuration read(Path file, Map<String, String> environment) {
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
            return ConfigurationReader.read(name, toml, directory == null ? Path.of("") : directory, environment);
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
    static Configuration parse(String toml, Path directory, Map<String, String> environment) {
        return ConfigurationReader.read("fairlead.toml", toml, directory, environment);
    }

    private static Faulty unreadable(String name, String why) {
        return new Faulty(List.of(new ConfigurationFault(name, 0, 0, "", why)));
    }
}
