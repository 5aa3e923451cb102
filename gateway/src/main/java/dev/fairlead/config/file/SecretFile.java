package dev.fairlead.config.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/// A secret that stands in a file of its own: `{ file = "path" }`. White space at its end is not part of it, nor is a
/// byte order mark at its beginning.
public final class SecretFile {
    private static final int LARGEST = 64 * 1024;
    private static final String MARK = "\ufeff";
    private static final String FORM = "expected a text or { file = \"path\" }, ";

    private SecretFile() {}

    public static @Nullable String read(TomlTable table, FilePlace place, FileReading reading) {
        FilePlace at = place;
        for (String key : table.keySet()) {
            boolean shown = NearestName.isNear(key, List.of("file"));
            at = place.key(shown ? key : FilePlace.UNSHOWN, reading.positionOf(table, key, place));
            if (!key.equals("file")) reading.fault(at, FORM + "found " + (shown ? "the key " + key : "another key"));
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

    private static @Nullable String content(String name, FilePlace at, FileReading reading) {
        Path file;
        byte[] bytes;
        try {
            file = reading.resolve(name);
            bytes = bytes(file);
        } catch (NoSuchFileException _) {
            reading.fault(at, "there is no such file; the path is relative to the configuration file");
            return null;
        } catch (AccessDeniedException _) {
            reading.fault(at, "this process may not read the file; see to its owner and mode");
            return null;
        } catch (IOException | IllegalArgumentException _) {
            reading.fault(at, "the file cannot be read; it must be a file that this process may open");
            return null;
        }
        String objection = objection(file, bytes);
        if (objection != null) {
            reading.fault(at, objection);
            return null;
        }
        if (isOpenToAll(file)) reading.notice(at, "every user of this machine may read the file; chmod 600 ends that");
        return text(bytes).stripTrailing();
    }

    /// No more than one byte too many, whatever the file is: some never end.
    private static byte[] bytes(Path file) throws IOException {
        if (Files.isDirectory(file)) return new byte[0];
        return BoundedFile.read(file, LARGEST);
    }

    private static @Nullable String objection(Path file, byte[] bytes) {
        if (Files.isDirectory(file)) return "expected a file that holds nothing but the secret, found a directory";
        if (bytes.length > LARGEST) return "expected a file of at most 64 KiB that holds nothing but the secret";
        if (!isUtf8(bytes)) return "the file is not text in UTF-8";
        String text = text(bytes).stripTrailing();
        if (text.isEmpty()) {
            return "expected a file that holds the secret, found "
                    + (bytes.length == 0 ? "an empty one" : "nothing but white space in it");
        }
        if (text.lines().count() > 1) {
            return "expected one line that is the secret, found " + text.lines().count() + " lines";
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return "expected one line of text that is the secret, found a control character in it";
        }
        return null;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    /// Without the byte order mark that some editors put first.
    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    }

    /// Kubernetes mounts a link to a file that only the processes of the pod see.
    private static boolean isOpenToAll(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }
}
