package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Await;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class AnvilNetworkTest {
    @Test
    void followersShareTheMinersHashesWhateverClientsSend() {
        try (var network = AnvilNetwork.start(3, Duration.ofMillis(300));
                var reads = Traffic.reads(network.node(1).url(), 1);
                var writes = Traffic.ethers(network.node(2).url(), 2)) {
            Await.forAWhile(Duration.ofSeconds(5));

            network.detach(network.node(0));
            network.node(0).call("anvil_mine", "0x28");
            Await.forAWhile(Duration.ofSeconds(2));
            network.attach(network.node(0));
            long height = network.height();
            for (int i = 0; i < 3; i++) {
                Anvil node = network.node(i);
                Await.until(
                        "node " + i + " has the network's block " + height,
                        Duration.ofSeconds(10),
                        () -> node.hashOf(height).equals(network.canonicalHash(height)));
            }

            reads.end().assertRight(network);
            assertThat(writes.end().calls()).isGreaterThan(20);
        }
    }
}
