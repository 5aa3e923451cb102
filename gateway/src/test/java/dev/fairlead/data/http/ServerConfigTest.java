package dev.fairlead.data.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.http.ServerConfig.Timeouts;
import dev.fairlead.data.rpc.ServerLimits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerConfigTest {
    @Test
    void defaultsAreThese() {
        assertThat(ServerConfig.DEFAULT)
                .isEqualTo(new ServerConfig(
                        List.of(new InetSocketAddress("127.0.0.1", 8080)),
                        null,
                        List.of("*"),
                        true,
                        new ServerLimits(5_242_880, 16_384, 1000, 67_108_864, 64, 1000, 20_000),
                        new Timeouts(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(75),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(30))));
    }
}
