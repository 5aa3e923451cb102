package dev.fairlead.core.eth;

import dev.fairlead.core.eth.BlockAt.Filter;
import dev.fairlead.core.eth.BlockAt.Nowhere;
import dev.fairlead.core.eth.BlockAt.Param;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.Locale;

/// Which block a call names.
public sealed interface BlockRef {
    @SuppressWarnings("AvoidCommonTypeNames") // nobody needs java.lang.Number beside it
    record Number(long number) implements BlockRef {}

    /// @param hash 0x and 64 hex digits, lower case
    record Hash(String hash) implements BlockRef {}

    enum Tag implements BlockRef {
        LATEST,
        SAFE,
        FINALIZED,
        PENDING,
        EARLIEST;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Of a log filter; both ends are a [Number], a [Tag] or [None].
    record Range(BlockRef from, BlockRef to) implements BlockRef {
        /// Whether it can have no block in it at any node, as long as the chain has grown past its end.
        boolean isBackwards() {
            if (!(to instanceof Number(var end))) return false;
            return from instanceof Number(var start) ? start > end : from == Tag.LATEST || from == Tag.PENDING;
        }
    }

    /// The call names no block, or names it in a way that cannot be read; then the node objects, not the
    /// gateway.
    record None() implements BlockRef {}

    /// How most calls name it.
    Slice LATEST = Slice.of("\"latest\"");

    /// Reads the reference that `method` has in these raw params; what follows it is not looked at.
    static BlockRef of(Method method, Slice params) {
        if (!params.isEmpty() && params.at(0) != '[') return new None();
        return switch (method.block()) {
            case Nowhere _ -> new None();
            case Param(var index) -> block(JsonPick.element(params, index));
            case Filter(var index) -> filter(JsonPick.element(params, index));
        };
    }

    /// The highest block number that the call names, which a node must have reached to answer it; -1 for none.
    default long needsHead() {
        return switch (this) {
            case Number(var number) -> number;
            case Range(var from, var to) -> Math.max(from.needsHead(), to.needsHead());
            case Hash _, Tag _, None _ -> -1;
        };
    }

    private static BlockRef block(Slice json) {
        if (json.equals(LATEST) || isAbsent(json)) return Tag.LATEST;
        return switch (json.at(0)) {
            case '"' -> word(JsonText.decode(json));
            case '{' -> object(json);
            default -> plain(json.text());
        };
    }

    /// EIP-1898.
    private static BlockRef object(Slice json) {
        Slice number = JsonPick.member(json, "blockNumber");
        Slice hash = JsonPick.member(json, "blockHash");
        if (isAbsent(number) == isAbsent(hash)) return new None();
        return block(isAbsent(number) ? hash : number);
    }

    private static BlockRef filter(Slice json) {
        if (json.isEmpty() || json.at(0) != '{') return new None();
        Slice hash = JsonPick.member(json, "blockHash");
        if (!isAbsent(hash)) return block(hash);
        return new Range(block(JsonPick.member(json, "fromBlock")), block(JsonPick.member(json, "toBlock")));
    }

    private static boolean isAbsent(Slice json) {
        return json.isEmpty() || json.at(0) == 'n';
    }

    private static BlockRef word(String text) {
        return switch (text) {
            case "latest", "" -> Tag.LATEST;
            case "safe" -> Tag.SAFE;
            case "finalized" -> Tag.FINALIZED;
            case "pending" -> Tag.PENDING;
            case "earliest" -> Tag.EARLIEST;
            default -> text.length() == 66 ? hash(text) : number(Quantity.parseLoosely(text));
        };
    }

    /// Otterscan writes block numbers as plain JSON numbers.
    private static BlockRef plain(String json) {
        try {
            return number(Long.parseLong(json));
        } catch (NumberFormatException _) {
            return new None();
        }
    }

    private static BlockRef hash(String text) {
        for (int i = 2; i < text.length(); i++) {
            if (Quantity.hexDigit(text.charAt(i)) < 0) return new None();
        }
        return text.startsWith("0x") ? new Hash(text.toLowerCase(Locale.ROOT)) : new None();
    }

    private static BlockRef number(long number) {
        return number < 0 ? new None() : new Number(number);
    }
}
