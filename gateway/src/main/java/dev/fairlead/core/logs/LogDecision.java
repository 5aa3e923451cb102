package dev.fairlead.core.logs;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.BlockRef.Tag;
import dev.fairlead.core.logs.LogRules.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is done about a query before a node is asked.
public sealed interface LogDecision {
    /// A node is asked.
    ///
    /// @param span the blocks that it goes through
    record Allowed(BlockSpan span) implements LogDecision {}

    /// It cannot be told whether it stays within its bounds.
    record Unclear(String why) implements LogDecision {}

    /// It names more addresses or topics than it may.
    record TooManyNamed(Rule rule, long named) implements LogDecision {}

    /// @param asked its whole range
    /// @param possible the first blocks of it that may be asked for at once
    record TooManyBlocks(Rule rule, BlockSpan asked, BlockSpan possible) implements LogDecision {}

    /// Which block the tag means right now decides, and is not known.
    record NotKnown(Tag tag) implements LogDecision {}

    static LogDecision of(LogMethod method, LogQuery query, LogRules rules, ChainHeights heights) {
        String unclear = unclear(query, rules);
        if (unclear != null) return new Unclear(unclear);
        for (LogCap cap : LogCap.values()) {
            Rule rule = rules.rule(cap);
            long named = named(query, cap);
            if (rule != null && named > rule.most()) return new TooManyNamed(rule, named);
        }
        return switch (query.range()) {
            case LogRange.OneBlock _, LogRange.Unclear _ -> new Allowed(BlockSpan.ANY);
            case LogRange.Blocks blocks -> of(method, blocks, rules.rule(LogCap.BLOCKS), heights);
        };
    }

    private static LogDecision of(LogMethod method, LogRange.Blocks range, @Nullable Rule rule, ChainHeights heights) {
        BlockSpan span = BlockSpan.of(method, range, heights);
        if (rule == null || span.blocks() <= rule.most()) {
            return new Allowed(isExact(range.from(), heights) ? span : span.anyFrom());
        }
        for (BlockRef end : List.of(range.from(), range.to())) {
            if (end instanceof Tag tag && heights.isGuess(tag)) return new NotKnown(tag);
        }
        return new TooManyBlocks(rule, span, span.first(rule.most()));
    }

    /// Whether nodes begin at the very block that is counted from.
    private static boolean isExact(BlockRef from, ChainHeights heights) {
        return switch (from) {
            case BlockRef.Number _ -> true;
            case Tag tag -> tag == Tag.EARLIEST || (tag != Tag.LATEST && tag != Tag.PENDING && !heights.isGuess(tag));
            case BlockRef.None _, BlockRef.Hash _, BlockRef.Range _ -> false;
        };
    }

    private static @Nullable String unclear(LogQuery query, LogRules rules) {
        if (!(query.range() instanceof LogRange.Unclear(var why))) return null;
        boolean names = rules.has(LogCap.ADDRESSES) || rules.has(LogCap.TOPICS);
        boolean nothingRead = query.addresses() == LogRules.UNBOUNDED;
        return rules.has(LogCap.BLOCKS) || (names && nothingRead) ? why : null;
    }

    private static long named(LogQuery query, LogCap cap) {
        return switch (cap) {
            case ADDRESSES -> query.addresses();
            case TOPICS -> query.topics();
            case BLOCKS, RESULTS -> 0;
        };
    }
}
