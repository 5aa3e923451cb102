package dev.fairlead.core.logs;

import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.JsonReader;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what the filter of one query names, from its beginning to its end and once. Nodes written in Go take names in
/// any mixture of upper and lower case, so that none can be passed over.
final class LogQueryReader {
    /// In characters; no name that means something is longer.
    private static final int LONGEST_NAME = 20;

    final Sole from = new Sole("fromBlock");
    final Sole to = new Sole("toBlock");
    final Sole hash = new Sole("blockHash");
    private long addresses;
    private long topics;
    private boolean namesMore;

    /// @param filter an object
    LogQueryReader(Slice filter) {
        var json = new JsonReader(filter);
        if (!json.enter()) return;
        do member(json.name(LONGEST_NAME), json.value());
        while (json.goesOn('}'));
    }

    private void member(String name, Slice value) {
        switch (name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)) {
            case "fromblock" -> from.found(name, value);
            case "toblock" -> to.found(name, value);
            case "blockhash" -> hash.found(name, value);
            case "address", "addresses", "fromaddress", "toaddress" -> addresses += JsonPick.scalars(value);
            case "topics" -> topics += JsonPick.scalars(value);
            default -> namesMore = true;
        }
    }

    long addresses() {
        return addresses;
    }

    long topics() {
        return topics;
    }

    /// Whether something stands there that is not known.
    boolean namesMore() {
        return namesMore;
    }

    /// A member that counts only when it stands there once and in these letters.
    static final class Sole {
        private final String name;
        private @Nullable Slice value;
        private boolean isAmbiguous;

        private Sole(String name) {
            this.name = name;
        }

        private void found(String spelled, Slice found) {
            if (value != null || !spelled.equals(name)) isAmbiguous = true;
            value = found;
        }

        boolean isAmbiguous() {
            return isAmbiguous;
        }

        /// [Slice#NONE] where it is absent.
        Slice value() {
            return value == null ? Slice.NONE : value;
        }
    }
}
