package dev.fairlead.control.store.sqlite;

import dev.fairlead.control.store.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/// The file `fairlead.db`: made when it is missing, readable by its owner alone, and checked before SQLite
/// opens it.
record DatabaseFile(Path directory) {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    Path path() {
        return directory.resolve("fairlead.db");
    }

    /// @throws StoreFailure when no database can be made or used here
    Path prepare() {
        try {
            makeDirectory();
            makeFile();
        } catch (IOException failure) {
            throw new StoreFailure(
                    "expected to read and write " + path() + ", found " + cause(failure) + "; make "
                            + directory.toAbsolutePath() + " a directory that user " + System.getProperty("user.name")
                            + " may write, or name another one as store.directory",
                    failure);
        }
        return path();
    }

    private void makeDirectory() throws IOException {
        if (Files.isDirectory(directory)) return;
        Files.createDirectories(directory, attributes(OWNER_ONLY_DIRECTORY));
    }

    private void makeFile() throws IOException {
        if (!Files.exists(path())) {
            Files.createFile(path(), attributes(OWNER_ONLY));
            return;
        }
        if (!Files.isRegularFile(path())) throw new IOException("something that is not a regular file");
        if (!Files.isWritable(path())) throw new IOException("a file that may not be written");
        if (posix() && !Files.getPosixFilePermissions(path()).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(path(), OWNER_ONLY);
        }
        if (!looksLikeSqlite()) {
            throw new StoreFailure("expected an SQLite database in " + path()
                    + ", found a file of another kind; move it away and start again, or restore a backup");
        }
    }

    private boolean looksLikeSqlite() throws IOException {
        try (InputStream file = Files.newInputStream(path())) {
            byte[] start = file.readNBytes(MAGIC.length);
            return start.length == 0 || Arrays.equals(start, MAGIC);
        }
    }

    private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private boolean posix() {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String cause(IOException failure) {
        return switch (failure) {
            case java.nio.file.AccessDeniedException _ -> "that access is denied";
            case FileAlreadyExistsException _ -> "a file where the directory should be";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
