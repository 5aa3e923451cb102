package dev.fairlead.control.admin.http;

import java.util.function.IntConsumer;

/// The body of an answer, which all that asked the same at the same moment take.
final class AnswerBytes {
    private final byte[] bytes;
    private final IntConsumer count;
    private int holders;

    /// @param count told how many bytes more are held, or fewer
    AnswerBytes(byte[] bytes, IntConsumer count) {
        this.bytes = bytes;
        this.count = count;
    }

    /// So few that they need not be counted.
    static AnswerBytes few(byte[] bytes) {
        return new AnswerBytes(bytes, _ -> {});
    }

    byte[] bytes() {
        return bytes;
    }

    AnswerBytes hold() {
        if (holders++ == 0) count.accept(bytes.length);
        return this;
    }

    void letGo() {
        if (--holders == 0) count.accept(-bytes.length);
    }
}
