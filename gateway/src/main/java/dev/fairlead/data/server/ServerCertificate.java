package dev.fairlead.data.server;

import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.http.ServerConfig.Tls;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's certificate and key, read again when their files change. Files that cannot be used are
/// reported once, and the old certificate stays in use.
final class ServerCertificate {
    private static final Logger log = LoggerFactory.getLogger(ServerCertificate.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final Supplier<ServerConfig> config;
    private byte[] used;
    private String reported = "";
    private volatile SslContext now;

    private ServerCertificate(Supplier<ServerConfig> config, byte[] used, SslContext now) {
        this.config = config;
        this.used = used;
        this.now = now;
    }

    /// @return null when the configuration wants none
    /// @throws IllegalStateException when the files cannot be used
    static @Nullable ServerCertificate read(Supplier<ServerConfig> config) {
        Tls files = config.get().tls();
        if (files == null) return null;
        try {
            PemPair pemPair = PemPair.read(files);
            return new ServerCertificate(config, pemPair.digest(), pemPair.context());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException fault) {
            throw new IllegalStateException(unusable(files, fault), fault);
        }
    }

    SslContext now() {
        return now;
    }

    /// Looks for changes until it is interrupted.
    void watch() throws InterruptedException {
        while (true) {
            Thread.sleep(INTERVAL);
            look();
        }
    }

    /// One look at the files.
    synchronized void look() {
        Tls files = config.get().tls();
        if (files == null) return;
        try {
            PemPair pemPair = PemPair.read(files);
            byte[] digest = pemPair.digest();
            if (Arrays.equals(digest, used)) return;
            now = pemPair.context();
            used = digest;
            reported = "";
            log.info("the certificate in {} has changed; new connections get the new one", files.certificate());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException fault) {
            report(unusable(files, fault));
        }
    }

    private void report(String fault) {
        if (fault.equals(reported)) return;
        reported = fault;
        log.warn("{}; the certificate that was read before stays in use", fault);
    }

    private static String unusable(Tls files, Exception fault) {
        return "cannot use certificate " + files.certificate() + " with key " + files.key() + ": " + fault.getMessage();
    }
}
