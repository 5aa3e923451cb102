package dev.fairlead.core.policy;

import dev.fairlead.core.eth.Method;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What is open where no pattern says more.
public enum Preset {
    /// Nothing but what a pattern names: for those who list every method, as proxyd does.
    LISTED,
    READ_ONLY,
    /// What a dapp or a wallet needs: readings, and signed transactions.
    DAPP,
    /// `dapp`, with private transactions and the readings of a consortium's consensus and permissions.
    BESU_PRIVATE,
    /// A developer's own node: all but orders to the node itself.
    LOCAL,
    EVERYTHING;

    /// As configurations spell it.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The one that is spelled so; nothing when none is.
    public static Optional<Preset> of(String word) {
        return Stream.of(values()).filter(preset -> preset.word().equals(word)).findFirst();
    }

    /// All of them, as configurations spell them.
    public static List<String> words() {
        return Stream.of(values()).map(Preset::word).toList();
    }

    boolean opens(Method method) {
        return switch (method.family()) {
            case READING, VENDOR_READING -> this != LISTED;
            case SUBMISSION -> this != LISTED && this != READ_ONLY;
            case RESTRICTED -> isWide() || (this == BESU_PRIVATE && isOfConsortium(method.name()));
            case NODE_ACCOUNT, UNKNOWN -> isWide();
            case NODE_ORDER -> this == EVERYTHING;
        };
    }

    /// Whether those who call are taken for those who run the nodes.
    boolean isWide() {
        return this == LOCAL || this == EVERYTHING;
    }

    private static boolean isOfConsortium(String method) {
        for (String start : new String[] {"priv_", "eea_", "ibft_", "qbft_", "clique_", "perm_", "txpool_besu"}) {
            if (method.startsWith(start)) return true;
        }
        return false;
    }
}
