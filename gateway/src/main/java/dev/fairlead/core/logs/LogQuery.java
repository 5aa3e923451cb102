package dev.fairlead.core.logs;

import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.BlockRef.Tag;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What one call asks for, read from its client's bytes. What clients or nodes might read in another way is
/// [LogRange.Unclear], so that no spelling asks for more than it seems to; of addresses and topics, everything that may
/// be one is counted.
///
/// @param addresses how many are named
/// @param topics in all positions together
public record LogQuery(LogRange range, long addresses, long topics) {
    private static final BlockRef LEFT_OUT = new BlockRef.None();
    private static final String LATEST_EXECUTED = "latestexecuted";
    private static final int HASH = 66;
    private static final int EXCERPT = 40;

    /// Asks for nothing that is bounded beforehand.
    public static final LogQuery OF_NO_RANGE = new LogQuery(new LogRange.OneBlock(), 0, 0);

    /// @param params raw JSON, or empty where there are none
    public static LogQuery read(LogMethod method, Slice params) {
        if (!method.hasFilter()) return OF_NO_RANGE;
        if (!params.isEmpty() && params.at(0) != '[') return unclear("params must be an array");
        Slice filter = JsonPick.element(params, 0);
        if (isNothing(filter)) return new LogQuery(new LogRange.Blocks(LEFT_OUT, LEFT_OUT), 0, 0);
        if (filter.at(0) != '{') {
            return unclear("the first of the params must be a filter, an object; found " + excerpt(filter));
        }
        var read = new LogQueryReader(filter);
        return new LogQuery(range(method, read), read.addresses(), read.topics());
    }

    private static LogQuery unclear(String why) {
        return new LogQuery(new LogRange.Unclear(why), LogRules.UNBOUNDED, LogRules.UNBOUNDED);
    }

    private static boolean isNothing(Slice json) {
        return json.isEmpty() || json.equals(Slice.NULL);
    }

    private static String excerpt(Slice json) {
        var beginning = new Slice(json.array(), json.from(), Math.min(json.to(), json.from() + 4 * EXCERPT + 1));
        String text = OneLine.of(beginning.text());
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }

    private static LogRange range(LogMethod method, LogQueryReader filter) {
        if (method.mayNameMore() && filter.namesMore()) {
            return new LogRange.Unclear(
                    "expected no other names than fromBlock, toBlock, blockHash, address and topics");
        }
        if (filter.from.isAmbiguous()) return ambiguous("fromBlock");
        if (filter.to.isAmbiguous()) return ambiguous("toBlock");
        if (filter.hash.isAmbiguous()) return ambiguous("blockHash");
        return range(filter.from.value(), filter.to.value(), filter.hash.value());
    }

    private static LogRange ambiguous(String name) {
        return new LogRange.Unclear(
                "expected \"" + name + "\" once and in these letters; nodes read anything else in different ways");
    }

    private static LogRange range(Slice from, Slice to, Slice hash) {
        BlockRef begin = end(from);
        BlockRef end = end(to);
        if (begin == null) return notABlock("fromBlock", from);
        if (end == null) return notABlock("toBlock", to);
        boolean hasRange = !begin.equals(LEFT_OUT) || !end.equals(LEFT_OUT);
        if (isNothing(hash) || hasRange) return new LogRange.Blocks(begin, end);
        return isHash(hash)
                ? new LogRange.OneBlock()
                : new LogRange.Unclear("blockHash must be 0x and 64 hex digits; found " + excerpt(hash));
    }

    private static LogRange notABlock(String name, Slice found) {
        return new LogRange.Unclear(
                name + " must be a number such as \"0x1b4\", or earliest, finalized, safe, latest or pending; found "
                        + excerpt(found));
    }

    private static boolean isHash(Slice json) {
        if (!JsonText.isString(json)) return false;
        String text = JsonText.decode(json);
        return text.length() == HASH && BlockNumber.parseLoosely(text) >= 0;
    }

    /// Null for what is no block.
    private static @Nullable BlockRef end(Slice json) {
        if (isNothing(json)) return LEFT_OUT;
        if (!JsonText.isString(json)) return number(BlockNumber.parse(json));
        String text = JsonText.decode(json);
        String lower = text.toLowerCase(Locale.ROOT);
        for (Tag tag : Tag.values()) if (tag.word().equals(lower)) return tag;
        return lower.equals(LATEST_EXECUTED) ? Tag.LATEST : number(BlockNumber.parseLoosely(text));
    }

    private static @Nullable BlockRef number(long number) {
        return number < 0 ? null : new BlockRef.Number(number);
    }
}
