package dev.fairlead.core.logs;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// How nodes read a filter, as far as it decides about its range: each more generous than the node that it is named
/// after. Of equal names the first or the last counts.
enum NodeReader {
    GETH(true, true),
    GETH_FIRST(true, false),
    NETHERMIND(false, true),
    BESU(false, false);

    private static final JsonFactory JSON = new JsonFactory();

    private final boolean foldsNames;
    private final boolean takesLast;

    NodeReader(boolean foldsNames, boolean takesLast) {
        this.foldsNames = foldsNames;
        this.takesLast = takesLast;
    }

    /// How many blocks it goes through; 0 where it refuses or finds none.
    long blocks(String params, long head) {
        String from = member(params, "fromBlock");
        String to = member(params, "toBlock");
        if (from == null && to == null && member(params, "blockHash") != null) return 1;
        long begin = height(from, head);
        long end = Math.min(height(to, head), head + 1);
        return begin < 0 || end < begin ? 0 : end - begin + 1;
    }

    private long height(@Nullable String said, long head) {
        if (said == null || said.isEmpty()) return head;
        return switch (said.toLowerCase(Locale.ROOT)) {
            case "latest" -> head;
            case "pending" -> head + 1;
            case "earliest" -> 0;
            case "safe" -> 980;
            case "finalized" -> 950;
            default -> number(said);
        };
    }

    private long number(String said) {
        try {
            return Long.decode(this == BESU || !said.startsWith("0") || said.length() < 2 ? said : hex(said));
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static String hex(String said) {
        return said.toLowerCase(Locale.ROOT).startsWith("0x") ? said : "0x" + said;
    }

    /// Null for none and for `null`; what is no text is taken as it stands.
    private @Nullable String member(String params, String name) {
        String found = null;
        boolean isSeen = false;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), params)) {
            parser.nextToken();
            if (parser.nextToken() != JsonToken.START_OBJECT) return null;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isIt = foldsNames
                        ? parser.currentName().equalsIgnoreCase(name)
                        : parser.currentName().equals(name);
                JsonToken value = parser.nextToken();
                if (isIt && (takesLast || !isSeen)) {
                    found = value == JsonToken.VALUE_NULL ? null : value.isScalarValue() ? parser.getString() : "none";
                    isSeen = true;
                }
                parser.skipChildren();
            }
        }
        return found;
    }
}
