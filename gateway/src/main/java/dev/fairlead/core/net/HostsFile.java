package dev.fairlead.core.net;

import io.netty.resolver.HostsFileEntriesProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The system's table of host names, read again whenever it has changed.
final class HostsFile {
    private final Path path;
    private volatile Read last = new Read(null, Map.of(), Map.of());

    private record Read(
            @Nullable FileTime changed, Map<String, List<InetAddress>> ipv4, Map<String, List<InetAddress>> ipv6) {}

    HostsFile(Path path) {
        this.path = path;
    }

    /// May read a file.
    ///
    /// @return IPv4 first, empty when the name does not stand there
    List<InetAddress> addresses(String host) {
        Read now = now();
        String name = host.toLowerCase(Locale.ENGLISH);
        var addresses = new ArrayList<InetAddress>(now.ipv4.getOrDefault(name, List.of()));
        addresses.addAll(now.ipv6.getOrDefault(name, List.of()));
        return addresses;
    }

    private Read now() {
        try {
            FileTime changed = Files.getLastModifiedTime(path);
            Read before = last;
            if (changed.equals(before.changed)) return before;
            var entries = HostsFileEntriesProvider.parser().parse(path.toFile(), StandardCharsets.UTF_8);
            Read read = new Read(changed, entries.ipv4Entries(), entries.ipv6Entries());
            last = read;
            return read;
        } catch (IOException _) { // a system without such a table
            return new Read(null, Map.of(), Map.of());
        }
    }
}
