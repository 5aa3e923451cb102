package dev.fairlead.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final long MIB = 1024 * 1024;
    private final MemoryBudget budget = new MemoryBudget(64 * MIB);
    private final MemoryShare one = MemoryShare.of(budget);
    private final MemoryShare other = MemoryShare.of(budget);

    @Test
    void largeWorkIsRefusedBeforeSmall() {
        assertThat(one.take(56 * MIB)).isTrue();

        assertThat(other.take(MIB)).isFalse();
        assertThat(other.takeSmall(MIB)).isTrue();
        assertThat(budget.used()).isEqualTo(57 * MIB);
        assertThat(budget.refusals()).isEqualTo(1);
    }

    @Test
    void whatIsKeptBackForSmallWorkIsNotLeftToLargeWork() {
        assertThat(one.take(56 * MIB)).isTrue();
        for (int i = 0; i < 1000; i++) {
            assertThat(one.takeSmall(2 * 1024)).isTrue();
            one.give(2 * 1024);

            assertThat(one.take(30 * 1024)).isFalse();
        }

        assertThat(budget.used()).isEqualTo(56 * MIB);
        assertThat(other.takeSmall(7 * MIB)).isTrue();
    }

    @Test
    void aShareKeepsLittleForItselfWhileMemoryIsShort() {
        one.add(49 * MIB);
        for (int i = 0; i < 16; i++) {
            MemoryShare share = MemoryShare.of(budget);
            share.add(300 * 1024);
            share.give(290 * 1024);
        }

        assertThat(other.takeSmall(14 * MIB)).isTrue();
    }

    @Test
    void whatIsThereAlreadyIsCountedThoughThereIsNoRoom() {
        one.add(100 * MIB);

        assertThat(budget.used()).isEqualTo(100 * MIB);
        assertThat(other.isFull()).isTrue();
        assertThat(other.takeSmall(1)).isFalse();
    }

    @Test
    void isShortBeforeItIsFull() {
        one.add(47 * MIB);
        assertThat(other.isShort()).isFalse();

        one.add(2 * MIB);

        assertThat(other.isShort()).isTrue();
        assertThat(other.isFull()).isFalse();
        assertThat(other.refusesLarge()).isFalse();
    }

    @Test
    void everythingThatIsGivenBackMayBeTakenAgain() {
        for (int round = 0; round < 1000; round++) {
            assertThat(one.take(50 * MIB)).isTrue();
            one.give(50 * MIB);
            assertThat(other.take(50 * MIB)).isTrue();
            other.change(50 * MIB, 0);
        }

        assertThat(budget.used()).isZero();
        assertThat(budget.refusals()).isZero();
    }

    @Test
    void aLeaseIsGivenBackWhenTheLastHolderLetsGo() {
        var lease = new Lease(one);
        assertThat(lease.grow(5 * MIB)).isTrue();
        lease.hold().hold();

        lease.letGo();
        lease.letGo();
        assertThat(budget.used()).isEqualTo(5 * MIB);
        lease.letGo();

        assertThat(budget.used()).isZero();
    }

    @Test
    void aLeaseThatCannotGrowStaysAsItIs() {
        other.add(60 * MIB);
        var lease = new Lease(one);

        assertThat(lease.grow(8 * 1024)).isTrue();
        assertThat(lease.grow(1024 * 1024)).isFalse();
        lease.letGo();

        assertThat(budget.used()).isEqualTo(60 * MIB);
    }
}
