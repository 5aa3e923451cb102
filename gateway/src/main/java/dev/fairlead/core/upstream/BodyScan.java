package dev.fairlead.core.upstream;

import dev.fairlead.core.jsonrpc.JsonStream;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Whether a body that is passed on while it comes in is a legal reply with a result, looked at as it goes by.
final class BodyScan {
    private final JsonStream text = new JsonStream(this::member);
    private final byte[] scratch;
    private int results;
    private int errors;

    /// @param scratch used up by each call of [#read]
    BodyScan(byte[] scratch) {
        this.scratch = scratch;
    }

    /// @param part stays as it is
    /// @return whether the body may still become legal
    boolean read(ByteBuf part) {
        int at = part.readerIndex();
        while (at < part.writerIndex()) {
            int size = Math.min(scratch.length, part.writerIndex() - at);
            part.getBytes(at, scratch, 0, size);
            if (!text.read(scratch, 0, size)) return false;
            at += size;
        }
        return true;
    }

    /// What is wrong with it now that it has ended; null for nothing.
    @Nullable
    String fault() {
        if (!text.isWhole()) return "reply is not whole";
        if (errors > 0) return "reply has an error behind its result";
        return results > 1 ? "reply has two results" : null;
    }

    private void member(String name, boolean isNull) {
        if (name.equals("result")) results++;
        if (name.equals("error") && !isNull) errors++;
    }
}
