package dev.fairlead.core.logs;

import dev.fairlead.core.eth.MethodTable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// In what way a method queries logs. Told by the name alone, as vendors have twins of the standard's methods:
/// `erigon_getLogs`, `kaia_getLogs`.
public enum LogMethod {
    NOT_OF_LOGS(false, false, false),
    /// `eth_getLogs`.
    LOGS(true, true, false),
    /// Another vendor's or client's: its filter may name more than the standard's does.
    LOGS_OF_VENDOR(true, true, false),
    /// `erigon_getLatestLogs`: the newest first, back to the first block.
    LATEST_LOGS(true, true, true),
    /// `trace_filter`: traces instead of logs; begins at the first block where none is named.
    TRACES(true, true, true),
    /// `eth_newFilter`: its logs are fetched later.
    NEW_FILTER(true, false, false),
    /// `eth_getFilterLogs`: what the filter asks for was said before.
    LOGS_OF_FILTER(false, true, false),
    /// `erigon_getLogsByHash`: of one block.
    LOGS_OF_BLOCK(false, true, false);

    private static final Set<String> STANDARD = Set.of("eth", "erigon", "trace", "arbtrace");
    private static final Map<String, LogMethod> LISTED = listed();

    private final boolean hasFilter;
    private final boolean hasResults;
    private final boolean beginsEarly;

    LogMethod(boolean hasFilter, boolean hasResults, boolean beginsEarly) {
        this.hasFilter = hasFilter;
        this.hasResults = hasResults;
        this.beginsEarly = beginsEarly;
    }

    public static LogMethod of(String name) {
        LogMethod listed = LISTED.get(name);
        return listed == null ? byName(name) : listed;
    }

    /// Whether its first param is a filter with a range of blocks.
    public boolean hasFilter() {
        return hasFilter;
    }

    /// Whether members of its filter that are not known may mean something to nodes.
    boolean mayNameMore() {
        return this == LOGS_OF_VENDOR;
    }

    /// Whether it is answered with a list of what was found.
    public boolean hasResults() {
        return hasResults;
    }

    /// Whether a filter without `fromBlock` begins at the first block instead of the latest.
    public boolean beginsEarly() {
        return beginsEarly;
    }

    private static Map<String, LogMethod> listed() {
        var listed = new HashMap<String, LogMethod>();
        for (String name : MethodTable.labels()) listed.put(name, byName(name));
        return Map.copyOf(listed);
    }

    /// Upper and lower case count the same, and any mark may stand after the namespace: servers differ in what they
    /// take.
    private static LogMethod byName(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        int mark = 0;
        while (mark < lower.length() && Character.isLetterOrDigit(lower.charAt(mark))) mark++;
        String namespace = lower.substring(0, mark);
        String said = mark < lower.length() ? lower.substring(mark + 1) : "";
        return switch (said) {
            case "newfilter" -> NEW_FILTER;
            case "getfilterlogs" -> LOGS_OF_FILTER;
            case "getlatestlogs" -> LATEST_LOGS;
            case "filter" -> TRACES;
            case "getlogsbyhash", "getlogsbyblockhash" -> LOGS_OF_BLOCK;
            default -> {
                if (!said.startsWith("getlogs")) yield NOT_OF_LOGS;
                yield said.equals("getlogs") && STANDARD.contains(namespace) ? LOGS : LOGS_OF_VENDOR;
            }
        };
    }
}
