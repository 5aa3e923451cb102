package dev.fairlead.data.routing;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.HexKey;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.SubmissionParameters;
import dev.fairlead.core.eth.TxHash;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.data.shown.HeadFloor;
import java.util.Set;

/// What kind of care a call needs while nodes fail.
public sealed interface CallKind {
    /// May be asked of any number of nodes.
    record Reading() implements CallKind {}

    /// `eth_blockNumber`: a reading that must not go backwards.
    record HeadNumber() implements CallKind {}

    /// `eth_getBlockByNumber` of a tag that moves with the chain: likewise.
    record HeadBlock(BlockRef.Tag tag) implements CallKind {}

    /// `eth_getTransactionCount` of `pending`: it must count what was sent a moment ago.
    ///
    /// @param address [HexKey] of it
    record PendingCount(long address) implements CallKind {}

    /// A transaction, or what came of it, by its hash.
    ///
    /// @param key [HexKey] of the hash
    /// @param inBlock whether there is nothing to be found before the transaction is in a block
    record Lookup(long key, boolean inBlock) implements CallKind {}

    /// A signed transaction: it can be sent again, because it is the same one under the same hash.
    ///
    /// @param hash 0x and 64 hex digits, computed here
    /// @param receipt whether it is answered with the receipt, and not with the hash
    record Signed(String hash, boolean receipt) implements CallKind {}

    /// Anything else that a node may do twice when it is asked twice.
    ///
    /// @param signed whether it only carries transactions that are signed: done twice, they take effect once
    /// @param empty whether it is a submission without anything to send: what a node objects goes back
    record Once(boolean signed, boolean empty) implements CallKind {}

    CallKind READING = new Reading();
    CallKind HEAD_NUMBER = new HeadNumber();
    CallKind LATEST_BLOCK = new HeadBlock(BlockRef.Tag.LATEST);
    CallKind PENDING_BLOCK = new HeadBlock(BlockRef.Tag.PENDING);
    CallKind SAFE_BLOCK = new HeadBlock(BlockRef.Tag.SAFE);
    CallKind FINALIZED_BLOCK = new HeadBlock(BlockRef.Tag.FINALIZED);
    CallKind ONCE = new Once(false, false);
    CallKind SIGNED_PARTS = new Once(true, false);
    CallKind NOTHING_TO_SEND = new Once(false, true);

    /// The submission that is answered with the receipt (EIP-7966).
    String SYNC = "eth_sendRawTransactionSync";

    /// Submissions of one raw transaction.
    Set<String> SIGNED = Set.of(
            "eth_sendRawTransaction", "eth_sendRawTransactionConditional", "eth_sendPrivateRawTransaction", SYNC);

    /// Submissions of several of them, or of one beside other params.
    Set<String> BUNDLES =
            Set.of("eth_sendBundle", "mev_sendBundle", "eth_sendMegabundle", "eth_sendPrivateTransaction");

    static CallKind of(Method method, BlockRef named, Request request) {
        if (method.kind() == Method.Kind.SUBMISSION) return submission(request);
        if (!method.repeatable()) return ONCE;
        return switch (request.method()) {
            case "eth_blockNumber" -> HEAD_NUMBER;
            case "eth_getBlockByNumber" -> named instanceof BlockRef.Tag tag ? headBlock(tag) : READING;
            case "eth_getTransactionCount" -> named == BlockRef.Tag.PENDING ? pendingCount(request) : READING;
            case "eth_getTransactionByHash", "eth_getRawTransactionByHash", "debug_getRawTransaction" ->
                lookup(request, false);
            case "eth_getTransactionReceipt",
                    "trace_transaction",
                    "trace_replayTransaction",
                    "debug_traceTransaction" -> lookup(request, true);
            default -> READING;
        };
    }

    /// The height of what a call names or looks for; -1 where that is not known.
    static long height(CallKind kind, BlockRef named, HeadFloor floor) {
        return kind instanceof Lookup(var key, var _)
                ? Math.max(-1, floor.hashes().height(key))
                : floor.needs(named);
    }

    private static CallKind headBlock(BlockRef.Tag tag) {
        return switch (tag) {
            case LATEST -> LATEST_BLOCK;
            case PENDING -> PENDING_BLOCK;
            case SAFE -> SAFE_BLOCK;
            case FINALIZED -> FINALIZED_BLOCK;
            case EARLIEST -> READING;
        };
    }

    private static CallKind pendingCount(Request request) {
        long address = HexKey.ofAddress(JsonPick.element(request.params(), 0));
        return address == HexKey.NONE ? READING : new PendingCount(address);
    }

    private static CallKind lookup(Request request, boolean inBlock) {
        long key = HexKey.ofHash(JsonPick.element(request.params(), 0));
        return key == HexKey.NONE ? READING : new Lookup(key, inBlock);
    }

    private static CallKind submission(Request request) {
        if (!SIGNED.contains(request.method())) return holdsSigned(request) ? SIGNED_PARTS : once(request);
        String hash = TxHash.ofSubmission(request.params());
        return hash == null ? once(request) : new Signed(hash, request.method().equals(SYNC));
    }

    private static CallKind once(Request request) {
        return SubmissionParameters.holdNothing(request.method(), request.params()) ? NOTHING_TO_SEND : ONCE;
    }

    /// Whether the params are a bundle or a private transaction as builders and relays take them.
    private static boolean holdsSigned(Request request) {
        if (!BUNDLES.contains(request.method())) return false;
        Slice first = JsonPick.element(request.params(), 0);
        if (first.isEmpty() || first.at(0) != '{') return false;
        return JsonText.isString(JsonPick.member(first, "tx"))
                || JsonText.isString(JsonPick.element(JsonPick.member(first, "txs"), 0))
                || !JsonPick.element(JsonPick.member(first, "body"), 0).isEmpty();
    }
}
