package dev.fairlead.core.net;

import dev.fairlead.core.fleet.Endpoint.Tls;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which certificates are trusted and which one is shown, for each different TLS part of the nodes'
/// declarations. Files are read again when they change, so new connections use a renewed certificate without a
/// reload. Reads files: not for event loops.
final class TlsContexts {
    static final Tls SYSTEM = new Tls(null, null, null);

    private final Map<Tls, Loaded> loaded = new ConcurrentHashMap<>();

    private record Loaded(List<FileTime> written, SslContext context) {}

    /// @throws IOException with a message that names the file at fault
    SslContext context(@Nullable Tls wanted) throws IOException {
        Tls tls = wanted == null ? SYSTEM : wanted;
        List<FileTime> written = written(tls);
        Loaded before = loaded.get(tls);
        if (before != null && before.written.equals(written)) return before.context;
        SslContext context = load(tls);
        loaded.put(tls, new Loaded(written, context));
        return context;
    }

    private static List<FileTime> written(Tls tls) throws IOException {
        List<Path> files = Stream.of(tls.ca(), tls.certificate(), tls.key())
                .<Path>mapMulti((file, out) -> {
                    if (file != null) out.accept(file);
                })
                .toList();
        var times = new ArrayList<FileTime>();
        for (Path file : files) {
            if (!Files.isReadable(file)) throw new IOException("cannot read " + file);
            times.add(Files.getLastModifiedTime(file));
        }
        return List.copyOf(times);
    }

    private static SslContext load(Tls tls) throws IOException {
        try {
            var builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
            if (tls.ca() != null) builder.trustManager(tls.ca().toFile());
            if (tls.certificate() != null && tls.key() != null) {
                builder.keyManager(tls.certificate().toFile(), tls.key().toFile());
            }
            return builder.build();
        } catch (IOException | IllegalArgumentException fault) {
            throw new IOException("cannot use the certificate files of this node: " + fault.getMessage(), fault);
        }
    }
}
