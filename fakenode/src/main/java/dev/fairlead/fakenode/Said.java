package dev.fairlead.fakenode;

/// What a node has to say to one call, before it is wrapped into a reply.
sealed interface Said {
    record Value(String rawJson) implements Said {}

    record Failure(int code, String message, String rawData) implements Said {
        Failure(int code, String message) {
            this(code, message, "");
        }
    }

    /// A string value of this many bytes, not yet written out.
    record Huge(long bytes) implements Said {}

    static Said text(String text) {
        return new Value('"' + text + '"');
    }

    static Said quantity(long number) {
        return text(Hex.quantity(number));
    }
}
