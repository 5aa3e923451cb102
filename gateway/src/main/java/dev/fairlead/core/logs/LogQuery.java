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
        if (filter.isEmpty() || filter.at(0) == 'n') {
            return new LogQuery(new LogRange.Blocks(LEFT_OUT, LEFT_OUT), 0, 0);
        }
        var found = new Filter(method);
        if (!JsonPick.forEachMember(filter, found::member)) {
            return unclear("the first of the params must be a filter, an object; found " + excerpt(filter));
        }
        return new LogQuery(found.range(), found.addresses, found.topics);
    }

    private static LogQuery unclear(String why) {
        return new LogQuery(new LogRange.Unclear(why), LogRules.UNBOUNDED, LogRules.UNBOUNDED);
    }

    private static String excerpt(Slice json) {
        String text = OneLine.of(json.text());
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }

    private static final class Filter {
        private final LogMethod method;
        private @Nullable Slice from;
        private @Nullable Slice to;
        private @Nullable Slice hash;
        private @Nullable String unclear;
        private long addresses;
        private long topics;

        Filter(LogMethod method) {
            this.method = method;
        }

        /// Nodes written in Go take names in any mixture of upper and lower case, so that none can be passed over.
        void member(String name, Slice value) {
            switch (name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)) {
                case "fromblock" -> from = once("fromBlock", name, from, value);
                case "toblock" -> to = once("toBlock", name, to, value);
                case "blockhash" -> hash = once("blockHash", name, hash, value);
                case "address", "fromaddress", "toaddress" -> addresses += JsonPick.scalars(value);
                case "topics" -> topics += JsonPick.scalars(value);
                default -> {
                    if (method.mayNameMore()) unclear = excerpt(Slice.of(name)) + " is not known in a filter";
                }
            }
        }

        private Slice once(String name, String spelled, @Nullable Slice before, Slice value) {
            if (before != null) unclear = name + " stands twice";
            if (!spelled.equals(name)) unclear = name + " must be spelled so, found " + excerpt(Slice.of(spelled));
            return value;
        }

        LogRange range() {
            if (unclear != null) return new LogRange.Unclear(unclear);
            BlockRef begin = end(from);
            BlockRef end = end(to);
            if (begin == null) return notABlock("fromBlock", from);
            if (end == null) return notABlock("toBlock", to);
            boolean hasRange = begin != LEFT_OUT || end != LEFT_OUT;
            if (isLeftOut(hash) || hasRange) return new LogRange.Blocks(begin, end);
            return isHash(hash) ? new LogRange.OneBlock() : notABlock("blockHash", hash);
        }

        private static LogRange notABlock(String name, @Nullable Slice found) {
            String expected = name.equals("blockHash")
                    ? "0x and 64 hex digits"
                    : "a number such as \"0x1b4\", or earliest, finalized, safe, latest or pending";
            return new LogRange.Unclear(
                    name + " must be " + expected + "; found " + excerpt(found == null ? Slice.NONE : found));
        }

        private static boolean isLeftOut(@Nullable Slice json) {
            return json == null || json.equals(Slice.NULL);
        }

        private static boolean isHash(@Nullable Slice json) {
            if (json == null || !JsonText.isString(json)) return false;
            String text = JsonText.decode(json);
            return text.length() == HASH && BlockNumber.parseLoosely(text) >= 0;
        }

        /// Null for what is no block.
        private static @Nullable BlockRef end(@Nullable Slice json) {
            if (json == null || isLeftOut(json)) return LEFT_OUT;
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
}
