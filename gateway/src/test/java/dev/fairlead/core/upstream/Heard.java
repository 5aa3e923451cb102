package dev.fairlead.core.upstream;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.net.ReceiveBufferSize;
import dev.fairlead.core.reply.HttpReplies;
import dev.fairlead.core.reply.PlainReplies;
import dev.fairlead.core.reply.ReplyEvents;
import dev.fairlead.core.reply.ReplyHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a connection hears of bytes that come piece by piece; parts that follow each other are one.
public final class Heard implements ReplyEvents {
    private final List<String> events = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();

    /// @param plain whether the gateway's own reader is there at the end
    /// @param lost pieces that nobody released
    public record All(List<String> events, boolean plain, long lost) {}

    /// As the gateway reads.
    public static All of(List<byte[]> pieces) {
        var heard = new Heard();
        var channel = new EmbeddedChannel();
        PlainReplies.install(
                channel.pipeline(), heard, new ReceiveBufferSize(), new byte[ReplyHead.LONGEST], Faults.TO_LOG);
        return heard.through(channel, pieces);
    }

    /// As Netty's decoder alone reads.
    public static All byNetty(List<byte[]> pieces) {
        var heard = new Heard();
        var replies = new HttpReplies(heard, Faults.TO_LOG);
        var channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter(), replies);
        replies.decode(channel.pipeline().firstContext(), false);
        return heard.through(channel, pieces);
    }

    private All through(EmbeddedChannel channel, List<byte[]> pieces) {
        List<ByteBuf> given = pieces.stream().map(Unpooled::copiedBuffer).toList();
        for (ByteBuf piece : given) {
            if (channel.isOpen()) channel.writeInbound(piece);
            else piece.release();
        }
        boolean plain = channel.pipeline().get(PlainReplies.class) != null;
        channel.finishAndReleaseAll();
        return new All(
                List.copyOf(events),
                plain,
                given.stream().filter(piece -> piece.refCnt() > 0).count());
    }

    @Override
    public void early() {}

    @Override
    public void begun(int status, long length, boolean lasting, @Nullable String retryAfter) {
        tell("begun " + status + " " + length + " " + lasting + " " + retryAfter);
    }

    @Override
    public void part(ByteBuf part) {
        body.append(part.toString(StandardCharsets.ISO_8859_1));
        part.release();
    }

    @Override
    public void ended() {
        tell("ended");
    }

    @Override
    public void garbled(String cause) {
        tell("garbled: " + cause);
    }

    @Override
    public void lull() {}

    @Override
    public void drained() {
        tell("drained");
    }

    @Override
    public void gone(@Nullable Throwable failure) {
        tell("gone " + failure);
    }

    private void tell(String event) {
        if (!body.isEmpty()) events.add("part " + body);
        body.setLength(0);
        events.add(event);
    }
}
