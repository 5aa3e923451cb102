package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.Rehearsal.GENESIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.judge.KnownHashes.Meeting.Apart;
import dev.fairlead.control.judge.KnownHashes.Meeting.Nowhere;
import dev.fairlead.control.judge.KnownHashes.Meeting.Same;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreedHashesTest {
    private static final BlockLine MAIN = BlockLine.from(GENESIS);
    private static final BlockLine OTHER = MAIN.fork(100, "b");
    private static final Instant LATER = GENESIS.plusSeconds(2);

    private final AgreedHashes agreedHashes = AgreedHashes.of(run(MAIN, 90, 101));

    @Test
    void aNodeIsMetAtTheGreatestHeightThatIsKnown() {
        assertThat(agreedHashes.meet(run(MAIN, 101, 101))).isEqualTo(new Same(101));
        assertThat(agreedHashes.meet(run(OTHER, 101, 101))).isEqualTo(new Apart(101, 101));
        assertThat(agreedHashes.meet(run(MAIN, 103, 103))).isEqualTo(new Nowhere());
        assertThat(agreedHashes.meet(run(OTHER, 98, 103))).isEqualTo(new Apart(100, 101));
    }

    @Test
    void aParentProvesThatANodeGoesOnAndContradictsNothing() {
        assertThat(agreedHashes.meet(run(MAIN, 102, 102))).isEqualTo(new Same(101));
        assertThat(agreedHashes.meet(run(OTHER, 102, 102))).isEqualTo(new Nowhere());
    }

    @Test
    void whatANodeSaysAfterItShowedItsNewestBlockCountsMore() {
        KnownHashes left = run(MAIN, 101, 101).shown(List.of(OTHER.block(100)), LATER);

        assertThat(agreedHashes.meet(left)).isEqualTo(new Apart(100, 101));
    }

    @Test
    void whatANodeSaidBeforeItLeaptIsNotFresh() {
        KnownHashes leapt =
                run(MAIN, 101, 101).shown(List.of(MAIN.block(99)), GENESIS).saw(OTHER.block(105), LATER);

        assertThat(leapt.asked()).isNotEmpty();
        assertThat(leapt.fresh().asked()).isEmpty();
        assertThat(leapt.shown(List.of(OTHER.block(100)), LATER).fresh().asked())
                .hasSize(1);
    }

    private static KnownHashes run(BlockLine line, long from, long to) {
        KnownHashes hashes = KnownHashes.EMPTY;
        for (long height = from; height <= to; height++) hashes = hashes.saw(line.block(height), GENESIS);
        return hashes;
    }
}
