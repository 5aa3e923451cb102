package dev.fairlead.core.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/// An authority of our own and what it certifies, made with the JDK's keytool.
public final class TestAuthority {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;

    private TestAuthority(Path folder) {
        this.folder = folder;
    }

    public static TestAuthority in(Path folder) throws Exception {
        var made = new TestAuthority(folder);
        made.keytool("ca", "-ext", "bc:c");
        made.keytool("client", "-signer", "ca");
        made.keytool("localhost", "-signer", "ca", "-ext", "san=dns:localhost");
        made.keytool("other", "-signer", "ca", "-ext", "san=dns:other.example");
        made.write(made.ca(), "CERTIFICATE", made.store().getCertificate("ca").getEncoded());
        made.write("client");
        made.write("localhost");
        return made;
    }

    public Path ca() {
        return folder.resolve("ca.pem");
    }

    Path certificate() {
        return certificate("client");
    }

    Path key() {
        return key("client");
    }

    /// @param alias `client` or `localhost`
    public Path certificate(String alias) {
        return folder.resolve(alias + ".pem");
    }

    public Path key(String alias) {
        return folder.resolve(alias + ".key");
    }

    /// @param alias `localhost`, or `other` for a certificate of other.example
    /// @param mutual whether it wants a certificate from us too
    SSLServerSocket listening(String alias, boolean mutual) throws Exception {
        KeyStore own = empty();
        own.setKeyEntry(alias, store().getKey(alias, PASSWORD), PASSWORD, store().getCertificateChain(alias));
        KeyStore authorities = empty();
        authorities.setCertificateEntry("ca", store().getCertificate("ca"));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        var socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        socket.setNeedClientAuth(mutual);
        return socket;
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("all.p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private void write(String alias) throws Exception {
        write(
                certificate(alias),
                "CERTIFICATE",
                Objects.requireNonNull(store().getCertificate(alias)).getEncoded());
        write(
                key(alias),
                "PRIVATE KEY",
                Objects.requireNonNull(store().getKey(alias, PASSWORD)).getEncoded());
    }

    private void write(Path file, String kind, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    private void keytool(String alias, String... more) throws Exception {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = new ArrayList<>(List.of(tool, "-genkeypair", "-keyalg", "EC", "-validity", "30"));
        command.addAll(List.of("-keystore", "all.p12", "-storepass", new String(PASSWORD)));
        command.addAll(List.of("-alias", alias, "-dname", "CN=" + alias));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IllegalStateException(command + ": " + said);
    }
}
