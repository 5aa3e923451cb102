package dev.fairlead.core.secret;

import java.util.Set;

/// Words of 8 to 11 letters that nodes and providers use. One of them alone gives no key away, although a key
/// such as `internal-gateway-production` is made of them.
final class OrdinaryWords {
    private static final Set<String> WORDS = Set.of("""
            accounts analytics application argument arguments available blockchain business capacity chainstack
            connected connection consensus contract customer dashboard database dedicated deprecated developer
            development disabled endpoint endpoints enterprise ethereum exceeded exceeding exception execution
            expected explorer external failover finalized forbidden historical hyperledger incorrect indexing
            internal intrinsic lighthouse listener maintenance monitoring nethermind nonexistent operation
            overloaded parameter parameters password permission personal platform processing production protocol
            provider providers receipts received replacement replicas requested requests required resource
            resources response reverted rollback secondary security sequencer services signature snapshot
            supported temporarily throttled timestamp transaction unavailable underpriced unexpected unsupported
            upstream username validator websocket""".split("\\s+"));

    private OrdinaryWords() {}

    /// @param letters small ones
    static boolean has(String letters) {
        return WORDS.contains(letters);
    }
}
