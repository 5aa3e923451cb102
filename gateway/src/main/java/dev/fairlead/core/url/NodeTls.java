package dev.fairlead.core.url;

import dev.fairlead.core.fleet.Endpoint.Tls;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the TLS part of a node's declaration may be. Decided here for the file, the command line, the admin
/// API and the store.
public final class NodeTls {
    public enum Fault {
        /// The node's URL is no `https` URL.
        NEEDS_HTTPS,
        CERTIFICATE_WITHOUT_KEY
    }

    private NodeTls() {}

    /// A TLS part that names no file counts as no TLS part.
    public static @Nullable Tls given(@Nullable Tls tls) {
        return tls == null || files(tls).isEmpty() ? null : tls;
    }

    public static Set<Fault> faults(Tls tls, URI http) {
        var faults = EnumSet.noneOf(Fault.class);
        if (files(tls).isEmpty()) return faults;
        if (!http.getScheme().equals("https")) faults.add(Fault.NEEDS_HTTPS);
        if ((tls.certificate() == null) != (tls.key() == null)) faults.add(Fault.CERTIFICATE_WITHOUT_KEY);
        return faults;
    }

    public static List<Path> files(Tls tls) {
        return Stream.of(
                        Stream.ofNullable(tls.ca()), Stream.ofNullable(tls.certificate()), Stream.ofNullable(tls.key()))
                .flatMap(each -> each)
                .toList();
    }

    /// Looked at when the node is declared, not when the first call fails.
    public static Optional<Path> unreadable(Tls tls) {
        return files(tls).stream().filter(path -> !isReadable(path)).findFirst();
    }

    public static boolean isReadable(Path path) {
        return Files.isReadable(path) && Files.isRegularFile(path);
    }
}
