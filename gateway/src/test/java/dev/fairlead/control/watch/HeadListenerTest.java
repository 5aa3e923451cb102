package dev.fairlead.control.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.probe.SeenBlock;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.Slice;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Opening head feeds again is decided here and nowhere else.
class HeadListenerTest {
    private static final Node NODE = Node.of(
            new NodeId("mainnet", "geth-1"),
            new Endpoint(URI.create("http://127.0.0.1:1"), URI.create("ws://127.0.0.1:1"), Map.of(), null, null));

    private final List<HeadFeeds.Listener> opened = new ArrayList<>();
    private final List<SeenBlock> heads = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private long now = Long.MAX_VALUE - 5; // the clock of the JVM may wrap
    private long block = 100;
    private final HeadListener listener = new HeadListener(
            (_, told) -> {
                opened.add(told);
                return () -> {};
            },
            heads::add,
            () -> lost.add("lost"),
            () -> now);

    @Test
    void aFeedIsOpenedWithTheFirstProbeThatSeesABlock() {
        probe();

        assertThat(opened).hasSize(1);
        probe();
        assertThat(opened).hasSize(1);
    }

    @Test
    void aFeedThatIsLostAgainAndAgainIsOpenedAfterPausesThatDoubleUpToAMinute() {
        probe();
        for (int seconds : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            int before = opened.size();
            opened.getLast().lost("connection reset");

            pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(opened).as("before " + seconds + " s").hasSize(before);
            pass(Duration.ofMillis(1));
            assertThat(opened).as("after " + seconds + " s").hasSize(before + 1);
        }
        assertThat(lost).hasSize(8);
    }

    @Test
    void aHeadEndsTheGrowingOfThePauses() {
        probe();
        opened.getLast().lost("connection reset");
        pass(Duration.ofSeconds(1));
        opened.getLast()
                .head(Slice.of(
                        "{\"number\":\"0x65\",\"hash\":\"0x01\",\"parentHash\":\"0x00\",\"timestamp\":\"0x1\"}"));
        opened.getLast().lost("connection reset");

        pass(Duration.ofSeconds(1));

        assertThat(heads).extracting(SeenBlock::number).containsExactly(0x65L);
        assertThat(opened).hasSize(3);
    }

    @Test
    void aNodeThatMovedIsFollowedAtOnce() {
        probe();
        for (int i = 0; i < 3; i++) {
            opened.getLast().lost("connection reset");
            pass(Duration.ofMinutes(1));
        }

        listener.restart();
        probe();

        assertThat(opened).hasSize(5);
    }

    @Test
    void whatAnOldFeedStillSaysChangesNothing() {
        probe();
        opened.getFirst().lost("connection reset");
        pass(Duration.ofSeconds(1));
        opened.getFirst().lost("once more");
        opened.getFirst().head(Slice.of("{\"number\":\"0x65\",\"hash\":\"0x01\"}"));

        assertThat(lost).hasSize(1);
        assertThat(heads).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(opened).hasSize(2);
    }

    @Test
    void nothingIsOpenedOnceItIsClosed() {
        listener.close();
        probe();

        assertThat(opened).isEmpty();
    }

    private void pass(Duration time) {
        now += time.toNanos();
        probe();
    }

    /// Of a block that the feed did not miss.
    private void probe() {
        listener.listen(NODE, new SeenBlock(block, "0x64", "0x63", null));
    }
}
