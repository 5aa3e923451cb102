package dev.fairlead.core.upstream;

import dev.fairlead.core.jsonrpc.ReplyShape;
import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import dev.fairlead.core.jsonrpc.ReplyTail;
import dev.fairlead.core.jsonrpc.Slice;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// What the bytes of a reply turned out to be, for the call that they should answer.
sealed interface Reading {
    /// Bodies up to this are read byte by byte; of larger ones only both ends, because their middle is most of the
    /// work and tells nothing.
    int READ_WHOLE = 4096;

    /// A result or an error.
    ///
    /// @param from where its value begins
    /// @param to where it ends, or -1 while the reply is still coming in
    /// @param asItIs whether the body is legal and bears the client's id, so that it can be relayed untouched
    /// @param named whether the id was seen and is right; false only while the reply is still coming in
    record Spoken(Kind kind, int from, int to, boolean asItIs, boolean named) implements Reading {}

    /// Not an answer to this call.
    ///
    /// @param foreign whether it answers another call, which says that the connection is out of step
    record Nonsense(String why, boolean foreign) implements Reading {
        Nonsense(String why) {
            this(why, false);
        }
    }

    /// @param scratch at least [#READ_WHOLE] long; nothing that is returned refers to it
    static Reading whole(ByteBuf body, WireId id, byte[] scratch) {
        int size = body.readableBytes();
        if (size <= READ_WHOLE) return small(body, id, scratch);
        Reading beginning = beginning(body, id, scratch);
        if (!(beginning instanceof Spoken spoken)) return beginning;
        int from = Math.max(spoken.from, size - ReplyTail.LONGEST);
        copy(body, from, size, scratch);
        ReplyTail tail = ReplyTail.of(scratch, 0, size - from);
        return completed(spoken, tail, from, id);
    }

    /// What can be told before the reply is all there.
    static Reading beginning(ByteBuf body, WireId id, byte[] scratch) {
        int size = Math.min(body.readableBytes(), READ_WHOLE);
        copy(body, 0, size, scratch);
        ReplyShape shape = ReplyShape.ofBeginning(scratch, 0, size);
        return shape == null ? notJsonRpc(scratch, size) : spoken(shape, id, true);
    }

    private static Reading small(ByteBuf body, WireId id, byte[] scratch) {
        int size = body.readableBytes();
        copy(body, 0, size, scratch);
        ReplyShape shape = ReplyShape.of(scratch, 0, size);
        return shape == null ? notJsonRpc(scratch, size) : spoken(shape, id, false);
    }

    private static Reading spoken(ReplyShape shape, WireId id, boolean idMayFollow) {
        if (shape.kind() == Kind.NEITHER) return new Nonsense("reply has neither result nor error");
        boolean named = shape.id().equals(id.sent());
        // Whoever cannot read a call, or does not want to, answers it without its id.
        if (!named && !isAnonymous(shape.id())) return new Nonsense("answered another call's id", true);
        boolean mayFollow = idMayFollow && shape.id().isEmpty();
        if (!named && !mayFollow && shape.kind() == Kind.RESULT)
            return new Nonsense("answered without the call's id", true);
        boolean asItIs = shape.versioned() && !shape.beside() && id.isClients() && (named || mayFollow);
        return new Spoken(shape.kind(), shape.valueFrom(), shape.valueTo(), asItIs, named);
    }

    private static boolean isAnonymous(Slice id) {
        return id.isEmpty() || id.equals(Slice.NULL);
    }

    /// @param offset where in the body the bytes begin that `tail` was read from
    private static Reading completed(Spoken spoken, ReplyTail tail, int offset, WireId id) {
        String fault = fault(spoken, tail, id);
        if (fault != null) return new Nonsense(fault, tail.valueTo() >= 0);
        boolean named = spoken.named || tail.id().equals(id.sent());
        boolean asItIs = spoken.asItIs && named && !tail.beside();
        return new Spoken(spoken.kind, spoken.from, offset + tail.valueTo(), asItIs, named);
    }

    /// Whether the end of a reply keeps what its beginning promised; null when it does.
    static @Nullable String fault(Spoken beginning, ReplyTail tail, WireId id) {
        if (tail.valueTo() < 0) return "reply is not whole";
        if (!tail.id().isEmpty() && !tail.id().equals(id.sent())) {
            boolean anonymous = beginning.kind == Kind.ERROR && tail.id().equals(Slice.NULL);
            return anonymous ? null : "answered another call's id";
        }
        boolean unnamed = !beginning.named && tail.id().isEmpty() && beginning.kind == Kind.RESULT;
        return unnamed ? "answered without the call's id" : null;
    }

    private static Reading notJsonRpc(byte[] bytes, int size) {
        for (int i = 0; i < size; i++) {
            if (bytes[i] == '{') return new Nonsense("reply is broken JSON");
            if (bytes[i] > ' ') break;
        }
        return new Nonsense(size == 0 ? "reply is empty" : "reply is not JSON-RPC");
    }

    private static void copy(ByteBuf body, int from, int to, byte[] into) {
        body.getBytes(body.readerIndex() + from, into, 0, to - from);
    }
}
