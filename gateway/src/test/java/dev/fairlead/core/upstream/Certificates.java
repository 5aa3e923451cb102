package dev.fairlead.core.upstream;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/// An authority of our own and what it certifies, made with the JDK's keytool.
final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    static Certificates in(Path folder) throws Exception {
        var made = new Certificates(folder);
        made.keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-keystore", "ca.p12");
        made.keytool("-exportcert", "-rfc", "-alias", "ca", "-keystore", "ca.p12", "-file", "ca.pem");
        made.issue("client", "dns:client");
        KeyStore store = made.store("client.p12");
        var key = store.getKey("client", PASSWORD.toCharArray()).getEncoded();
        String pem = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        Files.writeString(made.key(), "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");
        return made;
    }

    Path ca() {
        return folder.resolve("ca.pem");
    }

    Path certificate() {
        return folder.resolve("client.pem");
    }

    Path key() {
        return folder.resolve("client.key");
    }

    /// A listener with a certificate for `name`, such as `dns:localhost`.
    ///
    /// @param mutual whether it wants a certificate from us too
    SSLServerSocket listening(String name, boolean mutual) throws Exception {
        String alias = name.replaceAll("[^a-z]", "-");
        if (!Files.exists(folder.resolve(alias + ".p12"))) issue(alias, name);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(alias + ".p12"), PASSWORD.toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store("ca.p12"));
        SSLContext context = SSLContext.getInstance("TLS");
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("ca", store("ca.p12").getCertificate("ca"));
        trust.init(authorities);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        var socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        socket.setNeedClientAuth(mutual);
        return socket;
    }

    private void issue(String alias, String name) throws Exception {
        String store = alias + ".p12";
        keytool("-genkeypair", "-alias", alias, "-dname", "CN=" + alias, "-keystore", store);
        keytool("-certreq", "-alias", alias, "-keystore", store, "-file", alias + ".csr");
        keytool(
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-keystore",
                "ca.p12",
                "-ext",
                "san=" + name,
                "-infile",
                alias + ".csr",
                "-outfile",
                alias + ".pem");
        keytool("-importcert", "-noprompt", "-alias", "ca", "-keystore", store, "-file", "ca.pem");
        keytool("-importcert", "-noprompt", "-alias", alias, "-keystore", store, "-file", alias + ".pem");
    }

    private KeyStore store(String file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void keytool(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        if (arguments[0].equals("-genkeypair")) command.addAll(List.of("-keyalg", "EC", "-validity", "30"));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IllegalStateException(command + ": " + said);
    }
}
