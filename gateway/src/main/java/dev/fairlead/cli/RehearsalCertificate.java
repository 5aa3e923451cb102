package dev.fairlead.cli;

import dev.fairlead.data.server.ServerConfig;
import dev.fairlead.data.server.ServerConfig.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for this machine that lives as long as a rehearsal, and who trusts it.
///
/// @param files as a gateway reads them
record RehearsalCertificate(Tls files, SSLContext trusting) {
    private static final String PASSWORD = "rehearsal";
    private static final String ALIAS = "it";

    /// @return nothing when this Java has no keytool
    static Optional<RehearsalCertificate> make(Path directory) throws IOException, InterruptedException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        if (!Files.isExecutable(keytool)) return Optional.empty();
        Path store = directory.resolve("keys.p12");
        String command = "-genkeypair -alias " + ALIAS + " -keyalg EC -dname CN=localhost -ext SAN=ip:127.0.0.1"
                + " -validity 2 -storetype PKCS12 -storepass " + PASSWORD + " -keystore";
        var words = new ArrayList<String>();
        words.add(keytool.toString());
        words.addAll(List.of(command.split(" ")));
        words.add(store.toString());
        var keytoolProcess = new ProcessBuilder(words).inheritIO().start();
        if (keytoolProcess.waitFor() != 0) return Optional.empty();
        try {
            return Optional.of(read(store));
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the certificate of the rehearsal cannot be used", unusable);
        }
    }

    private static RehearsalCertificate read(Path store) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] certificate = keys.getCertificate(ALIAS).getEncoded();
        byte[] key = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
        var files = new Tls(
                pem(store.resolveSibling("certificate.pem"), "CERTIFICATE", certificate),
                pem(store.resolveSibling("key.pem"), "PRIVATE KEY", key));
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust);
        var trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trusted.getTrustManagers(), null);
        return new RehearsalCertificate(files, trusting);
    }

    private static Path pem(Path file, String kind, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }

    ServerConfig over(ServerConfig clear) {
        return new ServerConfig(
                clear.listen(), files, clear.corsOrigins(), clear.gzip(), clear.limits(), clear.timeouts());
    }
}
