package dev.fairlead.core.eth;

import java.time.Duration;
import java.util.Map;

/// How often well-known chains make a block, by EIP-155 id.
public final class BlockTimes {
    /// Ethereum's own, for chains that are not known here.
    public static final Duration OTHERWISE = Duration.ofSeconds(12);

    private static final Duration OP_STACK = Duration.ofSeconds(2);
    private static final Duration NITRO = Duration.ofMillis(250);

    private static final Map<Long, Duration> KNOWN = Map.ofEntries(
            Map.entry(10L, OP_STACK), // OP Mainnet
            Map.entry(11155420L, OP_STACK),
            Map.entry(8453L, OP_STACK), // Base
            Map.entry(84532L, OP_STACK),
            Map.entry(7777777L, OP_STACK), // Zora
            Map.entry(34443L, OP_STACK), // Mode
            Map.entry(480L, OP_STACK), // World Chain
            Map.entry(81457L, OP_STACK), // Blast
            Map.entry(252L, OP_STACK), // Fraxtal
            Map.entry(130L, Duration.ofSeconds(1)), // Unichain
            Map.entry(42161L, NITRO), // Arbitrum One
            Map.entry(42170L, NITRO), // Arbitrum Nova
            Map.entry(421614L, NITRO),
            Map.entry(100L, Duration.ofSeconds(5)), // Gnosis
            Map.entry(10200L, Duration.ofSeconds(5)),
            Map.entry(137L, Duration.ofSeconds(2)), // Polygon
            Map.entry(80002L, Duration.ofSeconds(2)),
            Map.entry(56L, Duration.ofMillis(750)), // BNB Smart Chain since Maxwell
            Map.entry(97L, Duration.ofMillis(750)),
            Map.entry(43114L, Duration.ofSeconds(2)), // Avalanche C-Chain
            Map.entry(43113L, Duration.ofSeconds(2)),
            Map.entry(250L, Duration.ofSeconds(1)), // Fantom
            Map.entry(146L, Duration.ofSeconds(1)), // Sonic
            Map.entry(324L, Duration.ofSeconds(1)), // ZKsync Era
            Map.entry(59144L, Duration.ofSeconds(2)), // Linea
            Map.entry(534352L, Duration.ofSeconds(3)), // Scroll
            Map.entry(5000L, Duration.ofSeconds(2)), // Mantle
            Map.entry(42220L, Duration.ofSeconds(1)), // Celo, an OP stack chain since 2025
            Map.entry(61L, Duration.ofSeconds(13)), // Ethereum Classic
            Map.entry(30L, Duration.ofSeconds(30))); // Rootstock

    private BlockTimes() {}

    public static Duration of(long chainId) {
        return KNOWN.getOrDefault(chainId, OTHERWISE);
    }
}
