package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.config.keys.Configuration;
import dev.fairlead.config.keys.ConfigurationReader;
import dev.fairlead.config.keys.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeFindingsTest {
    @Test
    void nodesThatCouldNotBeAskedInTimeAreCounted() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            NodeFindings found = NodeFindings.of(nodes(2_000, silent.getLocalPort()), Duration.ofMillis(200));

            assertThat(found.unasked() + found.findings().size()).isEqualTo(2_000);
            assertThat(found.unasked()).isGreaterThan(1_000);
            assertThat(found.allGood()).isFalse();
        }
    }

    @Test
    void nodesThatRefuseAreAllFoundBad() throws Exception {
        int nobody;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }

        NodeFindings found = NodeFindings.of(nodes(600, nobody), Duration.ofSeconds(50));

        assertThat(found.unasked()).isZero();
        assertThat(found.findings()).hasSize(600).noneMatch(NodeFindings.Finding::good);
        assertThat(found.allGood()).isFalse();
    }

    private static Settings nodes(int many, int port) {
        String nodes = IntStream.range(0, many)
                .mapToObj(i -> "[chains.c.nodes.n%d]%nurl = \"http://127.0.0.1:%d/%d\"%n".formatted(i, port, i))
                .collect(Collectors.joining());
        Configuration read = ConfigurationReader.parse("[chains.c]\nid = 1\n" + nodes, Path.of(""), Map.of());
        return ((Configuration.Valid) read).settings();
    }
}
