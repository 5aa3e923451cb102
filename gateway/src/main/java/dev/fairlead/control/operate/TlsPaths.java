package dev.fairlead.control.operate;

import dev.fairlead.core.fleet.Endpoint.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files that an order's TLS part names; looked at when the order comes, not when the first call fails.
final class TlsPaths {
    private TlsPaths() {}

    static List<Path> of(Tls tls) {
        return Stream.of(
                        Stream.ofNullable(tls.ca()), Stream.ofNullable(tls.certificate()), Stream.ofNullable(tls.key()))
                .flatMap(each -> each)
                .toList();
    }

    static Optional<Path> unreadable(Tls tls) {
        return of(tls).stream().filter(path -> !Files.isReadable(path)).findFirst();
    }
}
