package dev.fairlead.core.jsonrpc;

/// A number of things in words: `1 byte`, `2 bytes`.
public final class Counted {
    private Counted() {}

    /// @param thing one of them; more have an s at the end
    public static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
