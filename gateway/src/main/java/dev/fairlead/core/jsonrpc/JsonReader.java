package dev.fairlead.core.jsonrpc;

/// Reads a piece of JSON from its beginning to its end, each byte once, as deep as its user enters. At what is not
/// legal it is broken, and finds nothing more.
public final class JsonReader {
    private static final int PER_CHARACTER = 6;

    private final byte[] json;
    private final int to;
    private int at;
    private boolean isBroken;

    public JsonReader(Slice piece) {
        json = piece.array();
        to = piece.to();
        at = JsonScan.skipSpace(json, piece.from(), to);
    }

    public boolean isBroken() {
        return isBroken;
    }

    /// The first byte of the value that comes next, by which its kind is told; 0 when there is none.
    public byte first() {
        return isBroken || at >= to ? 0 : json[at];
    }

    /// Goes into the array or object that comes next, or past it when there is nothing in it.
    ///
    /// @return whether there is
    public boolean enter() {
        byte open = first();
        if (open != '[' && open != '{') return broken();
        at = JsonScan.skipSpace(json, at + 1, to);
        if (at >= to) return broken();
        if (json[at] != (open == '[' ? ']' : '}')) return true;
        at++;
        return false;
    }

    /// Whether another element or member follows the one that was read. Leaves what was entered when none does.
    ///
    /// @param close the bracket or brace that ends what was entered
    public boolean goesOn(char close) {
        if (isBroken) return false;
        int next = JsonScan.skipComma(json, at, to, close);
        if (next < 0) return broken();
        boolean isEnd = json[next] == close;
        at = isEnd ? next + 1 : next;
        return !isEnd;
    }

    /// The name of the member that comes next; its value comes then. Empty for a longer name, which is not decoded.
    ///
    /// @param longest in characters
    public String name(int longest) {
        if (isBroken) return "";
        int from = at + 1;
        int end = JsonScan.skipString(json, at, to);
        int value = end < 0 ? end : JsonScan.skipColon(json, end, to);
        if (value < 0) {
            broken();
            return "";
        }
        at = value;
        return end - 1 - from > PER_CHARACTER * longest ? "" : JsonText.decode(json, from, end - 1);
    }

    /// The value that comes next, whole.
    public Slice value() {
        int from = at;
        skip();
        return isBroken ? Slice.NONE : new Slice(json, from, at);
    }

    public void skip() {
        if (isBroken) return;
        int end = JsonScan.skipValue(json, at, to, JsonScan.DEEPEST);
        if (end < 0) broken();
        else at = end;
    }

    private boolean broken() {
        isBroken = true;
        return false;
    }
}
