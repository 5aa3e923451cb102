package dev.fairlead.core.logs;

import dev.fairlead.core.eth.BlockRef.Tag;
import dev.fairlead.core.logs.LogRules.Rule;
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

    /// Which block the tag means is not known yet, and decides.
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
        if (rule == null || span.blocks() <= rule.most()) return new Allowed(span);
        if (span.hasFrom()) return new TooManyBlocks(rule, span, span.first(rule.most()));
        return range.from() instanceof Tag tag ? new NotKnown(tag) : new Unclear("fromBlock must be a number");
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
