package dev.fairlead.core.telemetry;

import dev.fairlead.core.fleet.NodeId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Error codes and HTTP statuses as labels. A node may send any number: known ones stand for themselves, the
/// others for their range, and beyond a few pairs for one node all count as `other`.
final class CodeLabels {
    private static final int OTHER = Integer.MIN_VALUE;
    private static final int SERVER = OTHER + 1;
    private static final int VALIDATION = OTHER + 2;
    private static final int POSITIVE = OTHER + 3;
    private static final int PAIRS_OF_A_NODE = 24;
    private static final int OK = 200;

    /// JSON-RPC 2.0, EIP-1474, EIP-1193, the codes of the gateway, reverts (3), and what geth, Erigon, Nethermind,
    /// Besu, Reth and providers are known to say.
    private static final Set<Integer> CODES = Stream.concat(
                    IntStream.rangeClosed(-32017, -32000).boxed(),
                    Stream.of(
                            -32700, -32600, -32601, -32602, -32603, -32604, -32020, -32029, -32042, -32046, -32052,
                            -32097, -32099, -38010, -38011, -38012, -38013, -38014, -38015, -38020, -38021, -38022,
                            -38023, -38024, -38025, -38026, -39001, 0, 1, 2, 3, 4, 19, 26, 35, 400, 401, 402, 403, 404,
                            429, 500, 502, 503, 4001, 4100, 4200, 4444, 4900, 4901))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<Integer> STATUSES = Set.of(
            0, 200, 204, 301, 302, 307, 308, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 413, 414, 415, 417,
            421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 508, 509, 511,
            520, 521, 522, 523, 524, 525, 526, 527, 529, 530);

    private final ConcurrentHashMap<NodeId, Set<Pair>> pairs = new ConcurrentHashMap<>();

    /// A code and the status that it came with, as they are counted.
    record Pair(int code, int status) {
        static final Pair PLAIN = new Pair(0, OK);
        static final Pair UNKNOWN = new Pair(OTHER, OTHER);

        String codeLabel() {
            return label(code);
        }

        String statusLabel() {
            return label(status);
        }

        private static String label(int number) {
            return switch (number) {
                case OTHER -> "other";
                case SERVER -> "-320xx";
                case VALIDATION -> "-38xxx";
                case POSITIVE -> "positive";
                default -> Integer.toString(number);
            };
        }
    }

    /// @param node that said so, or null when no node did
    Pair of(@Nullable NodeId node, int code, int status) {
        if (code == 0 && status == OK) return Pair.PLAIN;
        var pair = new Pair(code(code), STATUSES.contains(status) ? status : OTHER);
        return node == null || isOneOfFew(node, pair) ? pair : Pair.UNKNOWN;
    }

    void forget(NodeId node) {
        pairs.remove(node);
    }

    /// Two threads at once may add one pair too many; that does no harm.
    private boolean isOneOfFew(NodeId node, Pair pair) {
        Set<Pair> known = pairs.computeIfAbsent(node, _ -> ConcurrentHashMap.newKeySet());
        return known.contains(pair) || (known.size() < PAIRS_OF_A_NODE && known.add(pair)) || known.contains(pair);
    }

    private static int code(int code) {
        if (CODES.contains(code)) return code;
        if (code >= -32099 && code <= -32000) return SERVER;
        if (code >= -38999 && code <= -38000) return VALIDATION;
        return code > 0 ? POSITIVE : OTHER;
    }
}
