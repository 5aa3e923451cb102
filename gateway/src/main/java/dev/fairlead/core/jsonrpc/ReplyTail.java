package dev.fairlead.core.jsonrpc;

import java.nio.charset.StandardCharsets;

/// What stands behind the value of a large reply, read backwards from its last bytes: the closing brace, and before it
/// an `id`, `jsonrpc`, or null `error` or `result`, where a node puts them last.
///
/// A comma, a quoted name, a colon and a plain scalar right before the last brace can only be a member of the
/// outermost object, provided that the reply is JSON at all; so nothing inside the result is mistaken for it.
///
/// @param valueTo where the value ends, or -1 when the reply does not end with a brace
/// @param id the id found there, or [Slice#NONE]
/// @param beside whether a null `error` or `result` stands there, so that the reply is not legal as it is
public record ReplyTail(int valueTo, Slice id, boolean beside) {
    /// The longest tail that is understood, spaces included.
    public static final int LONGEST = 256;

    public static ReplyTail of(byte[] json, int from, int to) {
        var walk = new Walk(json, from);
        int brace = walk.spaceBefore(to) - 1;
        if (brace < from || json[brace] != '}') return new ReplyTail(-1, Slice.NONE, false);
        int end = brace;
        for (int comma = walk.memberBefore(end); comma >= 0; comma = walk.memberBefore(end)) end = comma;
        return new ReplyTail(walk.spaceBefore(end), walk.id, walk.beside);
    }

    private static final class Walk {
        private final byte[] json;
        private final int from;
        Slice id = Slice.NONE;
        boolean beside;

        Walk(byte[] json, int from) {
            this.json = json;
            this.from = from;
        }

        /// Steps over one member of the envelope that ends at `to` and returns the comma before it; -1 for none.
        int memberBefore(int to) {
            int valueTo = spaceBefore(to);
            int value = scalarBefore(valueTo);
            int colon = spaceBefore(value) - 1;
            if (value == valueTo || colon < from || json[colon] != ':') return -1;
            int nameTo = spaceBefore(colon);
            int name = stringBefore(nameTo);
            int comma = spaceBefore(name) - 1;
            if (name == nameTo || comma < from || json[comma] != ',') return -1;
            return takes(name, nameTo, value, valueTo) ? comma : -1;
        }

        private boolean takes(int name, int nameTo, int value, int valueTo) {
            return switch (new String(json, name, nameTo - name, StandardCharsets.ISO_8859_1)) {
                case "\"jsonrpc\"" -> true;
                case "\"id\"" -> {
                    id = new Slice(json, value, valueTo);
                    yield true;
                }
                case "\"error\"", "\"result\"" -> {
                    boolean isNull = json[value] == 'n';
                    beside |= isNull;
                    yield isNull;
                }
                default -> false;
            };
        }

        /// Where the space that ends at `to` begins.
        int spaceBefore(int to) {
            int at = to;
            while (at > from && isSpace(json[at - 1])) at--;
            return at;
        }

        /// Where the plain string, number or word that ends at `to` begins; `to` when there is none.
        private int scalarBefore(int to) {
            if (to > from && json[to - 1] == '"') return stringBefore(to);
            int at = to;
            while (at > from && isWord(json[at - 1])) at--;
            return at;
        }

        private int stringBefore(int to) {
            if (to - 2 < from || json[to - 1] != '"') return to;
            int at = to - 1;
            while (at > from && (isWord(json[at - 1]) || json[at - 1] == ':')) at--;
            return at > from && json[at - 1] == '"' ? at - 1 : to;
        }

        private static boolean isSpace(byte b) {
            return b == ' ' || b == '\n' || b == '\r' || b == '\t';
        }

        private static boolean isWord(byte b) {
            return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || "_.+-".indexOf(b) >= 0;
        }
    }
}
