package dev.fairlead.config.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads files that may be something else: some never end, and some never give a byte.
public final class BoundedFile {
    private static final int KIND = 0170000;
    private static final int PIPE = 0010000;

    private BoundedFile() {}

    /// At most one byte more than `most`.
    ///
    /// @throws FileSystemException when it is a named pipe, which could keep its reader waiting for ever
    public static byte[] read(Path file, int most) throws IOException {
        if (isNamedPipe(file)) throw new FileSystemException(file.toString(), null, "it is a named pipe");
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most + 1);
        }
    }

    /// Not what a shell makes of `<(command)`: that pipe has a writer already.
    private static boolean isNamedPipe(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        if (absolute.startsWith("/dev") || absolute.startsWith("/proc")) return false;
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) return false;
        return Files.getAttribute(file, "unix:mode") instanceof Integer mode && (mode & KIND) == PIPE;
    }
}
