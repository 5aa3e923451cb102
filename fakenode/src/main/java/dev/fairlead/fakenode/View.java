package dev.fairlead.fakenode;

import java.util.Optional;

/// Which part of its chain a node has seen, or says that it has.
sealed interface View {
    static View full() {
        return new Behind(0);
    }

    record Behind(long blocks) implements View {}

    record FrozenAt(long number) implements View {}

    /// May be above the chain's head: the missing blocks are then imagined.
    record Claiming(long number) implements View {}

    default Block head(FakeChain chain) {
        Block head = chain.head();
        return switch (this) {
            case Behind(long blocks) when blocks == 0 -> head;
            case Behind(long blocks) -> at(chain, head, head.number() - blocks);
            case FrozenAt(long number) -> at(chain, head, number);
            case Claiming(long number) when number > head.number() -> chain.imagined(number);
            case Claiming(long number) -> at(chain, head, number);
        };
    }

    default Optional<Block> block(FakeChain chain, long number) {
        Block head = head(chain);
        if (number > head.number() || number < 0) {
            return Optional.empty();
        }
        if (number == head.number()) return Optional.of(head);
        return number <= chain.head().number() ? chain.block(number) : Optional.of(chain.imagined(number));
    }

    private static Block at(FakeChain chain, Block head, long number) {
        return chain.newest(Math.clamp(number, 0, head.number())).orElse(head);
    }
}
