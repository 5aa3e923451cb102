package dev.fairlead.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/// A secret that stands in a file of its own: `{ file = "path" }`. White space at its end is not part of it.
final class SecretFile {
    private static final int LARGEST = 64 * 1024;
    private static final String FORM = "expected a text or { file = \"path\" }, ";

    private SecretFile() {}

    static @Nullable String read(TomlTable table, Place place, Reading reading) {
        Place at = place;
        for (String key : table.keySet()) {
            at = place.key(key, reading.positionOf(table, key, place));
            if (!key.equals("file")) reading.fault(at, FORM + "found the key " + key);
        }
        if (table.size() != 1 || !table.contains(List.of("file"))) {
            if (table.isEmpty()) reading.fault(place, FORM + "found an empty table");
            return null;
        }
        if (!(table.get(List.of("file")) instanceof String text)) {
            reading.fault(at, "expected the path of a file");
            return null;
        }
        String expanded = reading.expanded(text, at);
        return expanded == null ? null : content(expanded, at, reading);
    }

    private static @Nullable String content(String name, Place at, Reading reading) {
        try {
            Path file = reading.resolve(name);
            if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
                reading.fault(at, "expected a file of at most 64 KiB that holds nothing but the secret");
                return null;
            }
            return Files.readString(file).stripTrailing();
        } catch (NoSuchFileException _) {
            reading.fault(at, "there is no such file; the path is relative to the configuration file");
        } catch (CharacterCodingException _) {
            reading.fault(at, "the file is not text in UTF-8");
        } catch (IOException | IllegalArgumentException _) {
            reading.fault(at, "the file cannot be read; it must be a file that this process may open");
        }
        return null;
    }
}
