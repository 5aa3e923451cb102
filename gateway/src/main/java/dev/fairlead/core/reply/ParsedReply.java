package dev.fairlead.core.reply;

import dev.fairlead.core.jsonrpc.ReplyScan;
import dev.fairlead.core.jsonrpc.ReplyShape;
import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import dev.fairlead.core.jsonrpc.Slice;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// What the bytes of a reply turn out to be, held against the call that they should answer.
public sealed interface ParsedReply {
    /// How many bytes of a reply that is still coming in are looked at first.
    int BEGINNING = 4096;
    /// Errors are read whole before anything is decided, up to this size.
    int LARGEST_ERROR = 4 * 1024 * 1024;
    /// So many bytes of a value must be there to judge it.
    int LEAST = 64;

    /// A result or an error.
    ///
    /// @param from where its value begins
    /// @param to where it ends, or -1 while the reply is still coming in
    /// @param asItIs whether the body is legal, so that it can be relayed untouched but for its id
    /// @param idFrom where the right id begins, or -1 when none was seen
    /// @param idTo where it ends
    record Spoken(Kind kind, int from, int to, boolean asItIs, int idFrom, int idTo) implements ParsedReply {
        /// Whether the id was seen and is right; if not, the reply is an error or still coming in.
        boolean named() {
            return idFrom >= 0;
        }
    }

    /// Not an answer to this call.
    ///
    /// @param foreign whether it answers another call, which says that the connection is out of step
    record Nonsense(String why, boolean foreign) implements ParsedReply {
        Nonsense(String why) {
            this(why, false);
        }
    }

    /// Reads every byte of a reply that is held.
    ///
    /// @param scratch at least as long as `body`, whose bytes it has afterwards; nothing returned refers to it
    static ParsedReply whole(ByteBuf body, WireId id, byte[] scratch) {
        int size = body.readableBytes();
        body.getBytes(body.readerIndex(), scratch, 0, size);
        ReplyShape shape = ReplyScan.of(scratch, 0, size);
        return shape == null ? notJsonRpc(scratch, size) : spoken(shape, id, false);
    }

    /// What can be told before the whole reply is there; null while too little of its result or error has
    /// come.
    ///
    /// @param size how much of it is looked at
    /// @param scratch at least `size` long
    static @Nullable ParsedReply beginning(ByteBuf body, int size, WireId id, byte[] scratch) {
        body.getBytes(body.readerIndex(), scratch, 0, size);
        ReplyShape shape = ReplyScan.ofBeginning(scratch, 0, size);
        if (shape == null) return notJsonRpc(scratch, size);
        boolean open = shape.valueFrom() >= 0 && shape.valueTo() < 0;
        return open && shape.valueFrom() <= size - LEAST ? spoken(shape, id, true) : null;
    }

    private static ParsedReply spoken(ReplyShape shape, WireId id, boolean idMayFollow) {
        Kind kind = shape.kind();
        if (kind == Kind.NEITHER) return new Nonsense("reply has neither result nor error");
        Slice said = shape.id();
        boolean named = id.is(said);
        // A node that cannot read a call, or refuses to, answers without its id.
        if (!named && !isAnonymous(said)) return new Nonsense("answered another call's id", true);
        boolean mayFollow = idMayFollow && said.isEmpty();
        if (!named && !mayFollow && kind == Kind.RESULT) return new Nonsense("answered without the call's id", true);
        boolean asItIs = shape.versioned() && !shape.beside() && (named || mayFollow);
        int idFrom = named ? said.from() : -1;
        int idTo = named ? said.to() : -1;
        return new Spoken(kind, shape.valueFrom(), shape.valueTo(), asItIs, idFrom, idTo);
    }

    private static boolean isAnonymous(Slice id) {
        return id.isEmpty() || id.equals(Slice.NULL);
    }

    private static ParsedReply notJsonRpc(byte[] bytes, int size) {
        for (int i = 0; i < size; i++) {
            if (bytes[i] == '{') return new Nonsense("reply is broken JSON");
            if (bytes[i] > ' ') break;
        }
        return new Nonsense(size == 0 ? "reply is empty" : "reply is not JSON-RPC");
    }
}
