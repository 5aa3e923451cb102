package dev.fairlead.fakenode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class FakeChainTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final FakeChain chain = FakeChain.of(1, InstantSource.fixed(NOON));

    @Test
    void chainsMadeAlikeShareTheirHashes() {
        var twin = FakeChain.of(1);

        assertThat(chain.mine(5).hash()).isEqualTo(twin.mine(5).hash());
    }

    @Test
    void chainsOfDifferentIdsShareNothing() {
        assertThat(FakeChain.of(2).genesisHash()).isNotEqualTo(chain.genesisHash());
    }

    @Test
    void everyBlockNamesItsParent() {
        Block head = chain.mine(3);

        assertThat(head.number()).isEqualTo(3);
        assertThat(chain.block(head.parentHash())).contains(chain.block(2).orElseThrow());
    }

    @Test
    void blocksAreStampedByTheClockOrByHand() {
        assertThat(chain.mine().timestamp()).isEqualTo(NOON);
        assertThat(chain.mine(NOON.plusSeconds(7)).timestamp()).isEqualTo(NOON.plusSeconds(7));
    }

    @Test
    void forkSharesHistoryBelowAndDiffersFromThere() {
        chain.mine(10);

        FakeChain fork = chain.fork(8, "a");
        fork.mine(3);

        assertThat(fork.block(7)).isEqualTo(chain.block(7));
        assertThat(fork.block(8)).isPresent().isNotEqualTo(chain.block(8));
        assertThat(fork.newestSharedWith(chain)).isEqualTo(chain.block(7));
    }

    @Test
    void equalSaltsMakeEqualForksAndOthersDoNot() {
        chain.mine(10);

        assertThat(chain.fork(5, "a").mine()).isEqualTo(chain.fork(5, "a").mine());
        assertThat(chain.fork(5, "a").mine()).isNotEqualTo(chain.fork(5, "b").mine());
    }

    @Test
    void forkOutsideTheHistoryIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain.fork(2, "a"))
                .withMessageContaining("found 2");
    }

    @Test
    void longHistoryStaysReadable() {
        chain.mine(5_000);

        assertThat(chain.block(4_321).orElseThrow().number()).isEqualTo(4_321);
        assertThat(chain.block(5_001)).isEmpty();
    }
}
