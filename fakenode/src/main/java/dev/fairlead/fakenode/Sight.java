package dev.fairlead.fakenode;

import java.util.Optional;

/// The chain as one node sees it at this moment. Every method looks anew.
final class Sight {
    private static final int SAFE_DEPTH = 32;
    private static final int FINALIZED_DEPTH = 64;

    private volatile FakeChain chain;
    private volatile View view = View.full();

    Sight(FakeChain chain) {
        this.chain = chain;
    }

    FakeChain chain() {
        return chain;
    }

    void turnTo(FakeChain other) {
        chain = other;
    }

    void see(View part) {
        view = part;
    }

    Block head() {
        return view.head(chain);
    }

    Optional<Block> block(long number) {
        return view.block(chain, number);
    }

    Optional<Block> block(String hash) {
        Block head = head();
        return head.hash().equals(hash)
                ? Optional.of(head)
                : chain.block(hash).filter(block -> block.number() <= head.number());
    }

    /// Resolves a tag or a hexadecimal number. `pending` is the head here.
    Optional<Block> named(String tagOrNumber) {
        return switch (tagOrNumber) {
            case "latest", "pending" -> Optional.of(head());
            case "earliest" -> block(0);
            case "safe" -> block(Math.max(0, head().number() - SAFE_DEPTH));
            case "finalized" -> block(Math.max(0, head().number() - FINALIZED_DEPTH));
            default -> block(Hex.number(tagOrNumber));
        };
    }
}
