package dev.fairlead.data.submission;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.eth.NodeErrors;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.eth.TxHash;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.failover.ScriptedNodes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What submission tests send, and how nodes object to it.
final class Submissions {
    static final String SEND = "eth_sendRawTransaction";
    static final String SYNC = "eth_sendRawTransactionSync";
    static final String RAW = "[\"0x02f8650180843b9aca00847735940082520894000000000000000000000000000000000000"
            + "0001018080c080a0000000000000000000000000000000000000000000000000000000000000000101\"]";
    static final String HASH = Objects.requireNonNull(TxHash.ofSubmission(Slice.of(RAW)));
    static final String QUOTED = '"' + HASH + '"';

    private Submissions() {}

    static @Nullable Outcome answer(ScriptedNodes nodes, String word) {
        return switch (word) {
            case "429" -> ofHttp(429);
            case "later" -> later(429);
            case "401" -> ofHttp(401);
            case "502" -> new Outcome.Unanswered("HTTP 502 from a proxy before the node");
            case "reset" -> new Outcome.Unanswered("connection reset");
            case "hangs" -> null;
            case "nonce" -> nodes.error(-32000, "nonce too low");
            case "funds" -> nodes.error(-32000, "insufficient funds for gas * price + value");
            case "full" -> ScriptedNodes.declined(ErrorMeaning.OVERLOADED, -32000, "txpool is full");
            case "limit" -> ScriptedNodes.declined(ErrorMeaning.RATE_LIMITED, -32005, "rate limit exceeded");
            case "key" -> refused(ErrorMeaning.UNAUTHORIZED, 401, -32000, "unauthorized");
            case "locked" -> ScriptedNodes.declined(ErrorMeaning.INTERNAL, -32000, "database is locked");
            case "method" ->
                ScriptedNodes.declined(
                        ErrorMeaning.UNSUPPORTED, -32601, "the method X does not exist/is not available");
            default -> throw new AssertionError(word);
        };
    }

    static Outcome later(int status) {
        ErrorMeaning meaning = NodeErrors.complaint(MethodTable.of(SEND), status, null, "");
        Proof proof = Proof.of(status, null, "", true);
        return new Outcome.Declined(meaning, status, null, proof, Duration.ofMillis(500), "HTTP " + status);
    }

    static Outcome ofHttp(int status) {
        ErrorMeaning meaning = NodeErrors.complaint(MethodTable.of(SEND), status, null, "");
        Proof proof = Proof.of(status, null, "", false);
        return new Outcome.Declined(meaning, status, null, proof, Duration.ZERO, "HTTP " + status);
    }

    static Outcome refused(ErrorMeaning meaning, int status, int code, String words) {
        RpcError error = code == 0 ? null : ScriptedNodes.wellFormed(code, words);
        return new Outcome.Declined(meaning, status, error, Proof.of(status, error, "", false), Duration.ZERO, words);
    }

    static List<String> sent(ScriptedNodes nodes) {
        return IntStream.range(0, nodes.asked.size())
                .filter(at -> nodes.requests.get(at).method().equals(SEND))
                .mapToObj(nodes.asked::get)
                .toList();
    }
}
