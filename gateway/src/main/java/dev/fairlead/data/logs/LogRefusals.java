package dev.fairlead.data.logs;

import dev.fairlead.core.eth.BlockRef.Tag;
import dev.fairlead.core.eth.Quantity;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.logs.BlockSpan;
import dev.fairlead.core.logs.LogMethod;
import dev.fairlead.core.logs.LogRules.Rule;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a client is told whose query for logs asks for too much. The words and the data are Infura's where a
/// smaller range helps: indexers read either and go on by themselves.
final class LogRefusals {
    private static final String TRY = ". Try with this block range [";

    private LogRefusals() {}

    static Refused unclear(String why) {
        return new Refused(Refusal.INVALID_PARAMS, why);
    }

    /// Nodes told of no such block.
    static Refused notKnown(Tag tag) {
        return new Refused(
                Refusal.INVALID_PARAMS, "no node tells which block is " + tag.word() + " now; name it by its number");
    }

    static Refused tooManyNamed(Rule rule, long named) {
        String what = rule.cap().word();
        return tooLarge(
                "query names " + named + " " + what + ", more than " + rule.most() + "; ask in several calls",
                "{\"limit\":" + rule.most() + "}");
    }

    static Refused tooManyBlocks(long most, BlockSpan asked, BlockSpan possible) {
        String covers = asked.to() == Long.MAX_VALUE
                ? "query may cover more than " + most + " blocks"
                : "query covers " + (asked.to() - asked.from() + 1) + " blocks, more than " + most;
        return tooLarge(covers + range(possible), data(most, possible));
    }

    /// @param possible null where no smaller range helps
    /// @param block that alone has too many, or -1
    static Refused tooManyResults(LogMethod method, long most, @Nullable BlockSpan possible, long block) {
        return tooLarge(method, "query returned more than " + most + " results", most, possible, block);
    }

    /// Its answer cannot be held until it is counted.
    static Refused tooManyBytes(LogMethod method, long bytes, long most, @Nullable BlockSpan possible, long block) {
        return tooLarge(method, "query returned more than " + bytes + " bytes", most, possible, block);
    }

    /// All the memory for answers is in use.
    static Refused noMemory() {
        return new Refused(Refusal.OVERLOADED, "the memory for answers is in use; come again");
    }

    static Refused brokenOff(String cause) {
        return new Refused(Refusal.NODES_FAILED, "the node's reply broke off: " + cause);
    }

    private static Refused tooLarge(
            LogMethod method, String what, long most, @Nullable BlockSpan possible, long block) {
        if (possible != null) return tooLarge(what + range(possible) + where(method), data(most, possible));
        String where = block < 0 ? "" : " in block " + Quantity.print(block) + " alone";
        String data = block < 0 ? "" : ",\"block\":\"" + Quantity.print(block) + "\"";
        return tooLarge(what + where + "; " + fewer(method), "{\"limit\":" + most + data + "}");
    }

    /// Where the smaller range is to be named, if not in the call itself.
    private static String where(LogMethod method) {
        return method == LogMethod.LOGS_OF_FILTER ? " Make a new filter with that range: this call takes none." : "";
    }

    private static String fewer(LogMethod method) {
        return switch (method) {
            case LOGS_OF_FILTER -> "make a new filter that names addresses or topics, to ask for fewer";
            case LOGS_OF_BLOCK -> "ask with eth_getLogs and its blockHash, where addresses or topics can be named";
            case NOT_OF_LOGS, LOGS, LOGS_OF_VENDOR, LATEST_LOGS, TRACES, NEW_FILTER ->
                "name addresses or topics, to ask for fewer";
        };
    }

    private static Refused tooLarge(String detail, String data) {
        return new Refused(Refusal.QUERY_TOO_LARGE, detail, Slice.of(data), Duration.ZERO);
    }

    private static String range(BlockSpan span) {
        return TRY + Quantity.print(span.from()) + ", " + Quantity.print(span.to()) + "].";
    }

    private static String data(long most, BlockSpan span) {
        return "{\"from\":\"" + Quantity.print(span.from()) + "\",\"limit\":" + most + ",\"to\":\""
                + Quantity.print(span.to()) + "\"}";
    }
}
