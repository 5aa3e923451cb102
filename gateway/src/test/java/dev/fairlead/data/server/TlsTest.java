package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.core.net.Transport;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.http.ServerConfig.Tls;
import dev.fairlead.support.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void bothVersionsOfHttpAreServedAsNegotiated(HttpClient.Version version) throws Exception {
        KeyStore trust = Certificates.make(folder, "EC");
        try (Gateway gateway = Gateway.start(Gateway.tls(files()))) {
            HttpResponse<String> response = call(gateway, trust, version);

            assertThat(response.body()).isEqualTo(Gateway.result(1, "a"));
            assertThat(response.version()).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void keysOfBothKindsServeTls12And13(String algorithm) throws Exception {
        KeyStore trust = Certificates.make(folder, algorithm);
        try (Gateway gateway = Gateway.start(Gateway.tls(files()))) {
            for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
                try (var socket =
                        (SSLSocket) context(trust).getSocketFactory().createSocket("127.0.0.1", gateway.port())) {
                    socket.setEnabledProtocols(new String[] {protocol});
                    socket.startHandshake();

                    assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
                }
            }
        }
    }

    @Test
    void aChangedCertificateServesNewConnectionsAndABrokenOneChangesNothing() throws Exception {
        Certificates.make(folder, "EC");
        ServerCertificate files = Objects.requireNonNull(
                ServerCertificate.read(() -> Gateway.tls(files()).apply(ServerConfig.DEFAULT)));
        Object first = files.now();

        Files.writeString(folder.resolve("certificate.pem"), "-----BEGIN CERTIFICATE-----\nbroken");
        files.look();
        assertThat(files.now()).isSameAs(first);

        Path other = Files.createDirectory(folder.resolve("other"));
        Certificates.make(other, "EC");
        Files.copy(other.resolve("certificate.pem"), replaced("certificate.pem"));
        files.look();
        assertThat(files.now()).as("the key is not the certificate's yet").isSameAs(first);

        Files.copy(other.resolve("key.pem"), replaced("key.pem"));
        files.look();
        assertThat(files.now()).isNotSameAs(first);
    }

    @Test
    void theServerNoticesAChangeByItself() throws Exception {
        KeyStore before = Certificates.make(folder, "EC");
        try (Gateway gateway = Gateway.start(Gateway.tls(files()))) {
            assertThat(call(gateway, before, HttpClient.Version.HTTP_2).statusCode())
                    .isEqualTo(200);

            KeyStore after = Certificates.make(folder, "EC");

            Await.until("the new certificate serves", () -> isTrusted(gateway, after));
            assertThat(isTrusted(gateway, before)).isFalse();
        }
    }

    @Test
    void filesThatCannotBeUsedStopTheStartAndSayWhatToDo() throws Exception {
        assertThatThrownBy(() -> Gateway.start(Gateway.tls(files())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot use certificate")
                .hasMessageContaining("certificate.pem");
        Certificates.make(folder, "EC");
        Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> Gateway.start(Gateway.tls(files()))).hasMessageContaining("openssl pkcs8 -topk8");
    }

    @Test
    void clearTextOnAnEncryptedPortIsClosedWithoutACall() throws Exception {
        Certificates.make(folder, "EC");
        try (Gateway gateway = Gateway.start(Gateway.tls(files()), Transport.NIO);
                Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "a")));

            int ends = 0;
            try {
                while (wire.in.read() >= 0) ends++;
            } catch (IOException reset) {
                assertThat(ends).isLessThan(100);
            }
            assertThat(ends).as("an alert at the most").isLessThan(100);
            assertThat(gateway.way.calls).isEmpty();
        }
    }

    private Path replaced(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.delete(file);
        return file;
    }

    private static boolean isTrusted(Gateway gateway, KeyStore trust) {
        try {
            return call(gateway, trust, HttpClient.Version.HTTP_1_1).statusCode() == 200;
        } catch (SSLException untrusted) {
            return false;
        } catch (Exception other) {
            throw new AssertionError(other);
        }
    }

    private Tls files() {
        return new Tls(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
    }

    private static HttpResponse<String> call(Gateway gateway, KeyStore trust, HttpClient.Version version)
            throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .version(version)
                .sslContext(context(trust))
                .build()) {
            InetSocketAddress address = gateway.server.addresses().getFirst();
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + address.getPort() + "/"))
                            .POST(BodyPublishers.ofString(Gateway.call(1, "a")))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static SSLContext context(KeyStore trust) throws Exception {
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
