package dev.fairlead.core.jsonrpc;

/// The one member of a name in an object, where readers may differ: some take the first of several, some the last, and
/// some take other letters for the same name.
public sealed interface SoleMember {
    record Found(Slice value) implements SoleMember {}

    record Absent() implements SoleMember {}

    /// It stands there more than once, or in other letters, or there is no object.
    record Ambiguous() implements SoleMember {}

    /// Escapes need no more than six bytes for a character; a longer name is another one.
    int PER_CHARACTER = 6;

    static SoleMember of(Slice object, String name) {
        byte[] json = object.array();
        int to = object.to();
        int at = JsonScan.skipSpace(json, object.from(), to);
        if (at >= to || json[at] != '{') return new Ambiguous();
        at = JsonScan.skipSpace(json, at + 1, to);
        if (at < to && json[at] == '}') return new Absent();
        Slice found = null;
        while (true) {
            int key = at;
            int keyEnd = JsonScan.skipString(json, key, to);
            int value = keyEnd < 0 ? keyEnd : JsonScan.skipColon(json, keyEnd, to);
            int end = value < 0 ? value : JsonScan.skipValue(json, value, to, JsonScan.DEEPEST);
            if (end < 0) return new Ambiguous();
            if (mayBe(json, key + 1, keyEnd - 1, name)) {
                if (found != null || !JsonText.says(json, key + 1, keyEnd - 1, name)) return new Ambiguous();
                found = new Slice(json, value, end);
            }
            at = JsonScan.skipComma(json, end, to, '}');
            if (at < 0) return new Ambiguous();
            if (json[at] == '}') return found == null ? new Absent() : new Found(found);
        }
    }

    /// Whether a reader that does not look at case takes it for the name.
    private static boolean mayBe(byte[] json, int from, int to, String name) {
        int size = to - from;
        if (size < name.length() || size > PER_CHARACTER * name.length()) return false;
        return JsonText.decode(json, from, to).equalsIgnoreCase(name);
    }
}
