package dev.fairlead.cli;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sqlite.util.OSInfo;

/// The libraries in machine code that travel inside the jar. Unpacked once, they need not be unpacked at every
/// start; a start that does not find them unpacks them itself.
final class NativeLibraries {
    private static final List<String> NETTY =
            List.of("netty_transport_native_epoll", "netty_transport_native_io_uring42");

    private NativeLibraries() {}

    static void unpack(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (String library : NETTY) {
            String name = System.mapLibraryName(library + "_" + PlatformDependent.normalizedArch());
            copy("/META-INF/native/" + name, directory.resolve(name));
        }
        String sqlite = System.mapLibraryName("sqlitejdbc");
        copy(
                "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + sqlite,
                directory.resolve(sqlite));
    }

    /// A library that does not exist for this platform is left out.
    private static void copy(String resource, Path file) throws IOException {
        try (InputStream packed = NativeLibraries.class.getResourceAsStream(resource)) {
            if (packed != null) Files.copy(packed, file);
        }
    }
}
