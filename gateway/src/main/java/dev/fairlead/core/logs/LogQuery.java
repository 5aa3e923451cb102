package dev.fairlead.core.logs;

import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.BlockRef.Tag;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.jsonrpc.SoleMember;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
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
    private static final Set<String> ADDRESSES = Set.of("address", "addresses", "fromaddress", "toaddress");
    private static final Set<String> TOPICS = Set.of("topics");
    private static final Set<String> BLOCKS = Set.of("fromblock", "toblock", "blockhash");
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
        return new LogQuery(range(method, filter), scalars(filter, ADDRESSES), scalars(filter, TOPICS));
    }

    private static LogQuery unclear(String why) {
        return new LogQuery(new LogRange.Unclear(why), LogRules.UNBOUNDED, LogRules.UNBOUNDED);
    }

    private static boolean isNothing(Slice json) {
        return json.isEmpty() || json.equals(Slice.NULL);
    }

    private static String excerpt(Slice json) {
        String text = OneLine.of(json.text());
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }

    private static long scalars(Slice filter, Set<String> names) {
        return members(filter, names::contains).stream()
                .mapToLong(JsonPick::scalars)
                .sum();
    }

    /// Nodes written in Go take names in any mixture of upper and lower case, so that none can be passed over.
    private static List<Slice> members(Slice filter, Predicate<String> names) {
        List<Slice> members = JsonPick.members(
                filter, name -> names.test(name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)));
        return members == null ? List.of() : members;
    }

    private static LogRange range(LogMethod method, Slice filter) {
        if (method.mayNameMore() && !members(filter, LogQuery::isUnknown).isEmpty()) {
            return new LogRange.Unclear(
                    "expected no other names than fromBlock, toBlock, blockHash, address and topics");
        }
        Slice from = sole(filter, "fromBlock");
        Slice to = sole(filter, "toBlock");
        Slice hash = sole(filter, "blockHash");
        if (from == null) return ambiguous("fromBlock");
        if (to == null) return ambiguous("toBlock");
        return hash == null ? ambiguous("blockHash") : range(from, to, hash);
    }

    private static LogRange ambiguous(String name) {
        return new LogRange.Unclear(
                "expected \"" + name + "\" once and in these letters; nodes read anything else in different ways");
    }

    private static boolean isUnknown(String name) {
        return !BLOCKS.contains(name) && !ADDRESSES.contains(name) && !TOPICS.contains(name);
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

    /// Null for what stands there twice, or in other letters.
    private static @Nullable Slice sole(Slice filter, String name) {
        return switch (SoleMember.of(filter, name)) {
            case SoleMember.Found(var value) -> value;
            case SoleMember.Absent _ -> Slice.NONE;
            case SoleMember.Ambiguous _ -> null;
        };
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
