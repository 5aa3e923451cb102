package dev.fairlead.core.reply;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.NodeErrors;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.fleet.Secrets;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.jsonrpc.Replies;
import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.reply.Outcome.Declined;
import dev.fairlead.core.reply.Outcome.Unanswered;
import dev.fairlead.core.reply.ParsedReply.Nonsense;
import dev.fairlead.core.reply.ParsedReply.Spoken;
import dev.fairlead.core.reply.ReplyIdRewriter.Wrapped;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Turns a whole reply into an Outcome. The body counts first and the status second: old Besu sends its errors
/// with status 400, and others send theirs with 200.
///
/// @param retryAfter what the header said, or zero
public record ReplyReader(
        NodeRequest request, int status, Duration retryAfter, Secrets secrets, ByteBufAllocator buffers) {
    private static final int SHOWN = 512;

    /// @param body taken over
    /// @param scratch for [ParsedReply]
    public Outcome read(ByteBuf body, byte[] scratch) {
        return switch (ParsedReply.whole(body, request.id(), scratch)) {
            case Spoken spoken when spoken.kind() == Kind.ERROR -> objection(body, spoken, scratch);
            case Spoken spoken -> new Answered(reply(body, spoken, null, scratch));
            case Nonsense(var why, var foreign) -> {
                String start = text(body);
                body.release();
                yield foreign ? new Unanswered(why) : nonsense(why, start);
            }
        };
    }

    /// What a reply means whose body is no answer: its status says it, if that is not 200.
    ///
    /// @param start the first bytes of the body
    public Outcome nonsense(String why, String start) {
        if (status / 100 == 2) return new Unanswered(status == 200 ? why : why + " (HTTP " + status + ")");
        // A gateway in front of the node gave up on it; the node may have acted all the same.
        if (status == 502 || status == 504) return new Unanswered("HTTP " + status + " from a proxy before the node");
        ErrorMeaning meaning = NodeErrors.complaint(request.method(), status, null, start);
        Proof proof = Proof.of(method(), status, null, start, retryAfter.isPositive());
        return new Declined(declining(meaning), status, null, proof, retryAfter, "HTTP " + status);
    }

    public static String text(ByteBuf body) {
        int shown = Math.min(SHOWN, body.readableBytes());
        return body.toString(body.readerIndex(), shown, StandardCharsets.UTF_8);
    }

    private Outcome objection(ByteBuf body, Spoken spoken, byte[] scratch) {
        byte[] value = new byte[spoken.to() - spoken.from()];
        body.getBytes(body.readerIndex() + spoken.from(), value);
        RpcError said = spoken.asItIs() || !hasResult(body) ? error(value) : illegal(error(value));
        ErrorMeaning meaning =
                NodeErrors.complaint(request.method(), request.request().params(), status, said);
        byte @Nullable [] shown = secrets.hiddenIn(value);
        boolean relayed = shown == null && value[0] == '{';
        RpcError error = shown == null ? said : said.raw().isEmpty() ? illegal(error(shown)) : error(shown);
        if (!meaning.declines()) {
            return new Answered(relayed ? reply(body, spoken, error, scratch) : anew(body, error));
        }
        body.release();
        Duration asked = RetryAfter.of(error);
        Duration wait = asked.compareTo(retryAfter) > 0 ? asked : retryAfter;
        String cause = error.brief();
        String told = status == 200 ? cause : "HTTP " + status + ", " + cause;
        Proof proof = Proof.of(method(), status, said, "", wait.isPositive());
        return new Declined(meaning, status, error, proof, wait, told);
    }

    private String method() {
        return request.request().method();
    }

    /// Whether a result stands beside the error, so that the reply says both.
    private static boolean hasResult(ByteBuf body) {
        byte[] bytes = new byte[body.readableBytes()];
        body.getBytes(body.readerIndex(), bytes);
        Slice result = JsonPick.member(Slice.of(bytes), "result");
        return !result.isEmpty() && !result.equals(Slice.NULL);
    }

    private static RpcError illegal(RpcError error) {
        return new RpcError(error.code(), error.message(), error.data());
    }

    /// A value that is no object is taken for the message.
    private static RpcError error(byte[] value) {
        RpcError read = RpcError.read(Slice.of(value));
        return read == null
                ? new RpcError(RpcError.INTERNAL, OneLine.of(Slice.of(value).text()))
                : read;
    }

    private Reply reply(ByteBuf body, Spoken spoken, @Nullable RpcError error, byte[] scratch) {
        int valueAt = spoken.asItIs()
                ? ReplyIdRewriter.putBack(body, spoken, request.id().clients(), scratch)
                : -1;
        if (valueAt >= 0) return new Reply(body, valueAt, error, body.readableBytes(), null);
        ByteBuf value = body.slice(body.readerIndex() + spoken.from(), spoken.to() - spoken.from());
        Wrapped wrapped = ReplyIdRewriter.around(buffers, request.id().clients(), spoken.kind(), value);
        return new Reply(
                wrapped.body(), wrapped.valueAt(), error, wrapped.body().readableBytes(), null);
    }

    /// Writes an error anew that is no object, which no client would understand, or that shows a secret.
    private Reply anew(ByteBuf body, RpcError error) {
        body.release();
        byte[] object = Replies.error(error);
        Wrapped wrapped = ReplyIdRewriter.around(
                buffers,
                request.id().clients(),
                Kind.ERROR,
                buffers.directBuffer(object.length).writeBytes(object));
        return new Reply(
                wrapped.body(), wrapped.valueAt(), error, wrapped.body().readableBytes(), null);
    }

    /// A bare status is never the caller's error: the gateway stands between the two.
    private static ErrorMeaning declining(ErrorMeaning meaning) {
        return meaning.declines() ? meaning : ErrorMeaning.INTERNAL;
    }
}
