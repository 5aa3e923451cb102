package dev.fairlead.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.reply.Outcome.NotSent;
import dev.fairlead.core.upstream.Rig.Got;
import dev.fairlead.support.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Leaks.class)
class UpstreamTlsTest {
    private static final String OK = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"0x1\"}";

    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private Rig rig;

    @BeforeAll
    static void certify() throws Exception {
        authority = TestAuthority.in(folder);
    }

    @BeforeEach
    void start() {
        rig = new Rig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aCertificateOfTheDeclaredAuthorityIsTrusted() throws Exception {
        try (var node = secured("localhost", false)) {
            Got got = ask(node, "localhost", new Tls(authority.ca(), null, null));

            assertThat(got.text()).isEqualTo(OK);
        }
    }

    @Test
    void theHostNameIsIndicated() throws Exception {
        var names = new CopyOnWriteArrayList<SNIServerName>();
        try (var node = new RawNode(authority.listening("localhost", false), line -> {
            var session = (ExtendedSSLSession) ((SSLSocket) line.socket()).getSession();
            names.addAll(session.getRequestedServerNames());
            line.reply(OK);
        })) {
            ask(node, "localhost", new Tls(authority.ca(), null, null));

            assertThat(names)
                    .extracting(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                    .containsExactly("localhost");
        }
    }

    @Test
    void largeRepliesStreamThroughTls() throws Exception {
        String said = OK.replace("0x1", "0".repeat(2_000_000));
        try (var node = new RawNode(authority.listening("localhost", false), line -> line.reply(said))) {
            Got got = ask(node, "localhost", new Tls(authority.ca(), null, null));

            assertThat(got.text()).isEqualTo(said);
        }
    }

    @Test
    void aCertificateForAnotherNameIsNotSent() throws Exception {
        try (var node = secured("other", false)) {
            Got got = ask(node, "localhost", new Tls(authority.ca(), null, null));

            assertThat(got.outcome())
                    .isEqualTo(new NotSent(
                            "TLS: certificate of localhost:" + node.port() + " is not valid for localhost"));
            assertThat(node.heard()).isEmpty();
        }
    }

    @Test
    void aCertificateForAnotherAddressIsNotSent() throws Exception {
        try (var node = secured("localhost", false)) {
            Got got = ask(node, "127.0.0.1", new Tls(authority.ca(), null, null));

            assertThat(got.cause())
                    .isEqualTo("TLS: certificate of 127.0.0.1:" + node.port() + " is not valid for 127.0.0.1");
        }
    }

    @Test
    void anUnknownAuthorityIsNotSent() throws Exception {
        try (var node = secured("localhost", false)) {
            Got got = ask(node, "localhost", null);

            assertThat(got.outcome())
                    .isEqualTo(new NotSent(
                            "TLS: certificate of localhost:" + node.port() + " is not from a trusted authority"));
        }
    }

    @Test
    void ourCertificateIsShownToWhoeverAsks() throws Exception {
        try (var node = secured("localhost", true)) {
            Got got = ask(node, "localhost", new Tls(authority.ca(), authority.certificate(), authority.key()));

            assertThat(got.text()).isEqualTo(OK);
        }
    }

    @Test
    void aNodeThatRefusesUsForLackOfACertificateHasNotActed() throws Exception {
        try (var node = secured("localhost", true)) {
            Got got = ask(node, "localhost", new Tls(authority.ca(), null, null));

            assertThat(got.outcome()).isInstanceOf(NotSent.class);
            assertThat(got.cause()).startsWith("TLS: localhost:" + node.port());
            assertThat(node.heard()).isEmpty();
        }
    }

    @Test
    void aNodeWithoutTlsIsNotSent() throws Exception {
        try (var node = new RawNode(_ -> {})) {
            Thread.ofVirtual().start(() -> {
                try {
                    Await.until("the hello has come", () -> !node.sockets().isEmpty());
                    node.sockets().getFirst().getOutputStream().write(new byte[100]);
                } catch (IOException _) {
                    // the other side is quicker
                }
            });
            Got got = ask(node, "localhost", new Tls(authority.ca(), null, null));

            assertThat(got.outcome()).isEqualTo(new NotSent("TLS: localhost:" + node.port() + " does not speak TLS"));
        }
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        try (var node = secured("localhost", false)) {
            Got got = ask(node, "localhost", new Tls(folder.resolve("absent.pem"), null, null));

            assertThat(got.outcome()).isInstanceOf(NotSent.class);
            assertThat(got.cause()).contains("cannot read " + folder.resolve("absent.pem"));
        }
    }

    private RawNode secured(String alias, boolean mutual) throws Exception {
        SSLServerSocket listening = authority.listening(alias, mutual);
        return new RawNode(listening, line -> line.reply(OK));
    }

    private Got ask(RawNode node, String host, @Nullable Tls tls) {
        var endpoint = new Endpoint(URI.create("https://" + host + ":" + node.port()), null, Map.of(), null, tls);
        return rig.ask(Rig.node(endpoint), Rig.request("7777777777"), Rig.PATIENCE);
    }
}
