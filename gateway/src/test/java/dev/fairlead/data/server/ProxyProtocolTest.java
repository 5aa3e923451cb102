package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.access.IpRange;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.http.ServerConfig.Timeouts;
import dev.fairlead.data.http.ServerConfig.Tls;
import dev.fairlead.support.Await;
import dev.fairlead.support.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A proxy that says at the beginning of a connection for whom it is.
class ProxyProtocolTest {
    private static final Gateway GATEWAY = Gateway.start(config -> trusting(config, "127.0.0.1", "198.51.100.0/24"));
    private static final String LINE = "PROXY TCP4 192.0.2.1 10.0.0.1 1234 443\r\n";
    private static final byte[] BINARY = HexFormat.of()
            .parseHex("0d0a0d0a000d0a515549540a" + "2111000f" + "c0000201" + "0a000001" + "04d2" + "01bb" + "040000");

    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void theAddressThatItNamesIsTheClients() throws Exception {
        for (byte[] header : List.of(LINE.getBytes(StandardCharsets.US_ASCII), BINARY)) {
            try (Wire wire = GATEWAY.wire()) {
                GATEWAY.way.calls.clear();
                for (byte one : header) wire.say(new byte[] {one});
                String request = Wire.post(Gateway.call(1, "a"));

                assertThat(wire.say(request).hear().status()).isEqualTo(200);
                assertThat(wire.say(request).hear().status()).isEqualTo(200);
                assertThat(GATEWAY.way.calls)
                        .allSatisfy(call -> assertThat(call.client().address()).isEqualTo("192.0.2.1"))
                        .allSatisfy(call ->
                                assertThat(call.client().peer().address()).isEqualTo("192.0.2.1"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PROXY TCP4 192.0.2.1 10.0.0.1 1 2         | 203.0.113.5            | 192.0.2.1
            PROXY TCP4 198.51.100.7 10.0.0.1 1 2      | 203.0.113.5            | 203.0.113.5
            PROXY UNKNOWN                             | 203.0.113.5            | 203.0.113.5
            ''                                        | 203.0.113.5            | 203.0.113.5
            """)
    void headersCountWhenTheAddressThatItNamesIsAProxysToo(String line, String forwarded, String client)
            throws Exception {
        try (Wire wire = GATEWAY.wire()) {
            GATEWAY.way.calls.clear();
            wire.say((line.isEmpty() ? "" : line + "\r\n")
                    + Wire.post(Gateway.call(1, "a"), "X-Forwarded-For: " + forwarded));

            assertThat(wire.hear().status()).isEqualTo(200);
            assertThat(GATEWAY.way.calls.getFirst().client().address()).isEqualTo(client);
        }
    }

    @Test
    void http2ComesBehindItToo() throws Exception {
        try (Wire wire = GATEWAY.wire()) {
            wire.say(LINE + "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").say(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});

            assertThat(wire.in.readNBytes(4)[3]).as("a frame of settings").isEqualTo((byte) 4);
        }
    }

    @Test
    void tlsComesBehindItToo() throws Exception {
        KeyStore trust = Certificates.make(folder, "EC");
        var files = new Tls(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        try (Gateway gateway =
                        Gateway.start(config -> trusting(Gateway.tls(files).apply(config), "127.0.0.1"));
                Wire wire = gateway.wire()) {
            wire.say(BINARY);
            var encrypted =
                    (SSLSocket) context.getSocketFactory().createSocket(wire.socket, "127.0.0.1", gateway.port(), true);
            encrypted.setSoTimeout(15_000);
            encrypted
                    .getOutputStream()
                    .write(Wire.post(Gateway.call(1, "a"), "Connection: close").getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(encrypted.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains(Gateway.result(1, "a"));
            assertThat(gateway.way.calls.getFirst().client().address()).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void nobodyElseIsListenedTo() throws Exception {
        try (Gateway gateway = Gateway.start(config -> trusting(config, "198.51.100.0/24"));
                Wire wire = gateway.wire()) {
            wire.say(LINE + Wire.post(Gateway.call(1, "a")));

            assertThat(wire.hear().status()).isEqualTo(400);
            assertThat(gateway.way.calls).isEmpty();
        }
    }

    @Test
    void garbageEndsTheConnectionOrIsReadAsHttp() throws Exception {
        Property.holds(60, any -> {
            byte[] header = any.bool() ? LINE.getBytes(StandardCharsets.US_ASCII) : BINARY.clone();
            int changes = any.between(1, 5);
            for (int i = 0; i < changes; i++) header[any.between(0, header.length - 1)] = any.anyByte();
            try (Wire wire = GATEWAY.wire()) {
                wire.say(header).say(Wire.post(Gateway.call(1, "a"), "Connection: close"));
                wire.socket.shutdownOutput();
                assertThat(rest(wire)).matches("(?s)(HTTP/1[.]1 [0-9]{3} .*)?");
            }
        });
        try (Wire wire = GATEWAY.wire()) {
            assertThat(wire.say(LINE + Wire.post(Gateway.call(1, "a"))).hear().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aProxyThatSaysNothingWholeIsNotWaitedForForEver() throws Exception {
        try (Gateway gateway = Gateway.start(config -> trusting(
                        Gateway.timeouts(times -> new Timeouts(
                                        Gateway.SHORT,
                                        times.body(),
                                        Gateway.SHORT,
                                        times.call(),
                                        times.slowReader(),
                                        times.stop()))
                                .apply(config),
                        "127.0.0.1"));
                Wire silent = gateway.wire();
                Wire slow = gateway.wire()) {
            slow.say("PROXY TCP4");

            assertThat(rest(silent)).isEmpty();
            assertThat(rest(slow)).isEmpty();
        }
    }

    @Test
    void aStopDoesNotWaitForAConnectionThatHasNotBegun() throws Exception {
        try (Gateway gateway = Gateway.start(config -> trusting(config, "127.0.0.1"));
                Wire wire = gateway.wire()) {
            Await.until("it is accepted", () -> gateway.server.connections() == 1);
            long before = System.nanoTime();

            gateway.server.stop(Duration.ofSeconds(60));

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(50));
            assertThat(rest(wire)).isEmpty();
        }
    }

    private static String rest(Wire wire) {
        try {
            return new String(wire.in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException reset) {
            return "";
        }
    }

    private static ServerConfig trusting(ServerConfig config, String... proxies) {
        return new ServerConfig(
                config.listen(),
                config.tls(),
                config.corsOrigins(),
                config.gzip(),
                config.hosts(),
                Stream.of(proxies)
                        .map(text -> Objects.requireNonNull(IpRange.parse(text)))
                        .toList(),
                config.limits(),
                config.timeouts());
    }
}
