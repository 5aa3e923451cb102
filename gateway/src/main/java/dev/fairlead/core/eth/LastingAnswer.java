package dev.fairlead.core.eth;

import dev.fairlead.core.eth.BlockAt.Param;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.JsonReader;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.jsonrpc.SoleMember;
import java.util.Set;

/// Which answers stay true for ever: those about one block that is named by its hash, whatever becomes of the
/// block.
public final class LastingAnswer {
    /// The block itself, with its hash.
    private static final Set<String> BLOCK = Set.of("eth_getBlockByHash", "eth_getHeaderByHash");

    /// Parts of it, and the state behind it.
    private static final Set<String> OF_BLOCK = Set.of(
            "eth_getBlockTransactionCountByHash",
            "eth_getUncleCountByBlockHash",
            "eth_getUncleByBlockHashAndIndex",
            "eth_getTransactionByBlockHashAndIndex",
            "eth_getRawTransactionByBlockHashAndIndex",
            "eth_getBalance",
            "eth_getCode",
            "eth_getStorageAt",
            "eth_getTransactionCount",
            "eth_getProof",
            "eth_getBlockReceipts",
            "eth_getLogs",
            "eth_call");

    /// What may be `null` in a transaction or receipt for good: whom a new contract was sent to. Anything else
    /// that is `null` may still come, such as the batch on layer 1 that a block will be part of.
    private static final Set<String> NULL_FOR_GOOD = Set.of("to", "creates", "contractAddress");

    private static final int LONGEST_NAME = 64;
    private static final Slice FALSE = Slice.of("false");

    private LastingAnswer() {}

    /// Whether the answer to such a call is true for ever once it is given. A call that asks for the block to
    /// be on the main branch (EIP-1898) is none.
    public static boolean isOf(Method method, BlockRef named, Slice params) {
        if (!(named instanceof BlockRef.Hash)) return false;
        if (BLOCK.contains(method.name())) return true;
        return OF_BLOCK.contains(method.name()) && mayBeAside(method, params);
    }

    /// Whether a result of such a call says all that there will ever be: it is something, of that block, and
    /// nothing in it is still to come.
    ///
    /// @param result legal JSON
    public static boolean isWhole(Method method, BlockRef named, Slice result) {
        return switch (result.at(0)) {
            case '{' -> isAllThere(result) && (!BLOCK.contains(method.name()) || isOf(named, result));
            case '[' -> areAllThere(result);
            case '"' -> true;
            default -> false;
        };
    }

    private static boolean mayBeAside(Method method, Slice params) {
        if (!(method.block() instanceof Param(var index))) return true; // a filter, which has no such member
        Slice block = JsonPick.element(params, index);
        if (block.isEmpty() || block.at(0) != '{') return true;
        return switch (SoleMember.of(block, "requireCanonical")) {
            case SoleMember.Absent _ -> true;
            case SoleMember.Found(var value) -> value.equals(FALSE);
            case SoleMember.Ambiguous _ -> false;
        };
    }

    /// An empty list is not believed for ever: it is also what a node says that has not written its logs down yet.
    private static boolean areAllThere(Slice list) {
        var json = new JsonReader(list);
        if (!json.enter()) return false;
        do {
            if (!isAllThere(json.value())) return false;
        } while (json.goesOn(']'));
        return !json.isBroken();
    }

    private static boolean isAllThere(Slice object) {
        var json = new JsonReader(object);
        if (json.first() != '{' || !json.enter()) return false;
        do {
            String name = json.name(LONGEST_NAME);
            if (json.first() == 'n' && !NULL_FOR_GOOD.contains(name)) return false;
            json.skip();
        } while (json.goesOn('}'));
        return !json.isBroken();
    }

    private static boolean isOf(BlockRef named, Slice block) {
        Slice hash = JsonPick.member(block, "hash");
        return named instanceof BlockRef.Hash(var expected)
                && JsonText.isString(hash)
                && JsonText.decode(hash).equalsIgnoreCase(expected);
    }
}
