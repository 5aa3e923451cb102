package dev.fairlead.core.reply;

import dev.fairlead.core.jsonrpc.JsonStream;
import dev.fairlead.core.jsonrpc.ReplyScan;
import dev.fairlead.core.jsonrpc.ReplyShape;
import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import dev.fairlead.core.jsonrpc.Slice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What stands behind the value of a large reply: more members in any order, the last brace, and space. It is
/// kept until the end is known, because the client's id differs from the one that was sent to the node, and
/// because a broken reply must not end like a good one.
final class TrailingMembers {
    /// The same bound as for an error.
    static final int MOST = ParsedReply.LARGEST_ERROR;
    /// Most bytes of space behind the last brace that are kept; more goes out before what is kept here.
    private static final int MOST_SPACE = 256;

    private static final byte[] MEMBER = "{\"\":0".getBytes(StandardCharsets.US_ASCII);
    private static final ReplyShape NOTHING = new ReplyShape(false, Slice.NONE, Kind.NEITHER, -1, -1, false);

    private final JsonStream text = new JsonStream();
    private final byte[] scratch;
    private byte[] kept = {};
    private int size;
    private int space;
    private ReplyShape shape = NOTHING;

    /// @param scratch used up by each call of [#read]
    TrailingMembers(byte[] scratch) {
        this.scratch = scratch;
        text.read(MEMBER, 0, MEMBER.length);
    }

    int size() {
        return size;
    }

    /// Reads on. What is left of `part` afterwards is space that was too much to be kept; it may go out before
    /// the members.
    ///
    /// @return what is wrong with it, or null
    @Nullable
    String read(ByteBuf part) {
        int left = 0;
        for (int at = part.readerIndex(); at < part.writerIndex(); ) {
            int more = Math.min(scratch.length, part.writerIndex() - at);
            part.getBytes(at, scratch, 0, more);
            int end = text.value(scratch, 0, more);
            if (end < 0 || !text.read(scratch, end, more)) return "reply is broken JSON";
            int behind = Math.min(more - end, MOST_SPACE - space);
            space += behind;
            if (size + end > MOST) return "reply has more than " + MOST + " bytes behind its result";
            keep(end + behind);
            left += more - end - behind;
            at += more;
        }
        part.skipBytes(part.readableBytes() - left);
        return null;
    }

    /// What is wrong with it now that the reply has ended; null if nothing is.
    ///
    /// @param named whether the right id stands before the value
    @Nullable
    String end(boolean named, WireId id) {
        if (!text.isWhole()) return "reply is not whole";
        ReplyShape read = read();
        if (read == null) return "reply has a member twice";
        shape = read;
        return switch (shape.kind()) {
            case ERROR -> "reply has an error behind its result";
            case RESULT -> "reply has two results";
            case NEITHER -> fault(named, id);
        };
    }

    /// The bytes for the client. A reply whose length is known already keeps it: spaces behind the last brace are
    /// legal.
    ///
    /// @param asItIs whether the client gets what stands before the value as the node wrote it
    /// @param named whether its id stands there as well
    ByteBuf ending(ByteBufAllocator buffers, boolean asItIs, boolean named, Slice client) {
        Slice id = shape.id();
        boolean stays = asItIs && !shape.beside() && !shape.versioned() && (!named || id.isEmpty());
        ByteBuf ending = buffers.directBuffer(size + client.size() + WireId.DIGITS);
        if (stays && !id.isEmpty()) {
            ending.writeBytes(kept, 0, id.from()).writeBytes(client.array(), client.from(), client.size());
            ending.writeBytes(kept, id.to(), size - id.to());
        } else if (stays) {
            ending.writeBytes(kept, 0, size);
        } else {
            if (asItIs && !named) ReplyIdRewriter.writeId(ending, client);
            ending.writeByte('}');
        }
        while (asItIs && ending.readableBytes() < size) ending.writeByte(' ');
        return ending;
    }

    private @Nullable String fault(boolean named, WireId id) {
        if (!shape.id().isEmpty()) return id.is(shape.id()) ? null : "answered another call's id";
        return named ? null : "answered without the call's id";
    }

    /// The members, read as those of an object; null when one of them stands twice.
    private @Nullable ReplyShape read() {
        int first = 0;
        while (kept[first] <= ' ') first++;
        if (kept[first] == '}') return NOTHING;
        kept[first] = '{';
        ReplyShape read = ReplyScan.of(kept, first, size);
        kept[first] = ',';
        return read;
    }

    private void keep(int more) {
        if (size + more > kept.length)
            kept = Arrays.copyOf(kept, Math.max(size + more, Math.min(2 * size, MOST + MOST_SPACE)));
        System.arraycopy(scratch, 0, kept, size, more);
        size += more;
    }
}
