package dev.fairlead.data.limit.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.core.upstream.TestAuthority;
import dev.fairlead.support.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A real Redis with a password, over TLS.
@Tag("real")
class RedisLinkTest {
    private static final String SECRET = "sesame-of-redis";

    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static RedisServer redis;
    private static int port;

    @BeforeAll
    static void begin() throws Exception {
        authority = TestAuthority.in(folder);
        port = freePort();
        redis = RedisServer.start(
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                authority.certificate("localhost").toString(),
                "--tls-key-file",
                authority.key("localhost").toString(),
                "--tls-ca-cert-file",
                authority.ca().toString(),
                "--tls-auth-clients",
                "no",
                "--requirepass",
                SECRET);
    }

    @AfterAll
    static void end() {
        if (redis != null) redis.close();
    }

    @ParameterizedTest
    @CsvSource({
        "rediss://localhost," + SECRET,
        "rediss://:" + SECRET + "@localhost,",
        "rediss://default:" + SECRET + "@localhost,"
    })
    void itIsReachedOverTlsWithItsPassword(String url, @Nullable String password) throws Exception {
        assertThat(ask(url + ":" + port, password, authority.ca())).first().isEqualTo("1");
    }

    @Test
    void withoutTheAuthorityItIsNotTrusted() {
        assertThatThrownBy(() -> ask("rediss://localhost:" + port, SECRET, null))
                .isInstanceOf(RedisGone.class)
                .hasMessageContaining("certification path");
    }

    @Test
    void aCertificateOfAnotherNameIsNotTaken() {
        assertThatThrownBy(() -> ask("rediss://127.0.0.1:" + port, SECRET, authority.ca()))
                .isInstanceOf(RedisGone.class)
                .hasMessageContaining("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"not-this,WRONGPASS", ",NOAUTH"})
    void aPasswordThatIsWrongOrMissingIsSaidAndNotShown(@Nullable String password, String said) {
        assertThatThrownBy(() -> ask("rediss://localhost:" + port, password, authority.ca()))
                .isInstanceOf(RedisGone.class)
                .hasMessageContaining(said)
                .message()
                .doesNotContain("not-this", SECRET);
    }

    private static List<String> ask(String url, @Nullable String password, @Nullable Path ca) throws Exception {
        RedisAddress address = Objects.requireNonNull(RedisAddress.parse(url));
        var config = new RedisConfig(address, password, ca, "test", Duration.ofSeconds(5), 1);
        try (var link = new RedisLink(config, address)) {
            return link.run(LeaseBatch.SCRIPT, List.of("test:gateways"), List.of("one"));
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
