package dev.fairlead.data.rpc;

import dev.fairlead.core.jsonrpc.Replies;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Known;
import dev.fairlead.data.call.Answer.Objected;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.StyledError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The one place where an answer becomes bytes, a JSON-RPC code and the status that HTTP would give it. Owns its bytes.
///
/// @param body all of it, or its beginning when there is a `rest`
/// @param length of the whole in bytes, or -1 when it is not known
/// @param httpStatus that HTTP gives the answer to a single call; other transports, and batches, have no use for it
/// @param code JSON-RPC error code, or 0 for a result
/// @param refusal null when nodes decided
/// @param retryAfter when the client may come again; zero says nothing of it
public record RpcAnswer(
        ByteBuf body,
        long length,
        Reply.@Nullable Rest rest,
        int httpStatus,
        int code,
        @Nullable String message,
        Ending ending,
        @Nullable Refusal refusal,
        Duration retryAfter) {

    /// @param call that is answered
    static RpcAnswer of(Slice id, Answer answer, Call call) {
        return switch (answer) {
            case Served(var reply) -> served(reply);
            case Known(var result) ->
                whole(Replies.result(id, result), 200, 0, null, Ending.SERVED, null, Duration.ZERO);
            case Objected(var error) ->
                whole(
                        Replies.error(id, error),
                        200,
                        error.code(),
                        error.message(),
                        Ending.OBJECTED,
                        null,
                        Duration.ZERO);
            case Refused refused -> refused(id, refused, call);
        };
    }

    private static RpcAnswer served(Reply reply) {
        RpcError error = reply.error();
        long length = reply.isWhole() ? reply.body().readableBytes() : reply.length();
        return new RpcAnswer(
                reply.body(),
                length,
                reply.rest(),
                200,
                error == null ? 0 : error.code(),
                error == null ? null : error.message(),
                Ending.SERVED,
                null,
                Duration.ZERO);
    }

    /// The answer to a message of which no call could be made.
    public static RpcAnswer refused(Refused refused, ErrorPolicy errors) {
        return refused(Slice.NONE, refused, StyledError.of(errors, refused));
    }

    /// The answer to a message that is no legal JSON-RPC.
    static RpcAnswer malformed(Slice id, RpcError error, ErrorPolicy errors) {
        Refusal why = switch (error.code()) {
            case RpcError.PARSE -> Refusal.PARSE_ERROR;
            case RpcError.INVALID_PARAMS -> Refusal.INVALID_PARAMS;
            default -> Refusal.INVALID_REQUEST;
        };
        var refused = new Refused(why, error.message());
        return refused(id, refused, StyledError.of(errors, refused));
    }

    static RpcAnswer refused(Slice id, Refused refused, Call call) {
        ErrorPolicy errors = call.client().errors();
        return refused(
                id, refused, StyledError.of(errors, refused, call.request().method()));
    }

    private static RpcAnswer refused(Slice id, Refused refused, StyledError error) {
        byte[] bytes = Replies.error(id, error.rpcError());
        Ending ending = refused.why().isFailure() ? Ending.FAILED : Ending.REFUSED;
        return whole(
                bytes, error.httpStatus(), error.code(), refused.detail(), ending, refused.why(), refused.retryAfter());
    }

    private static RpcAnswer whole(
            byte[] bytes,
            int httpStatus,
            int code,
            @Nullable String message,
            Ending ending,
            @Nullable Refusal refusal,
            Duration retryAfter) {
        ByteBuf body = Unpooled.wrappedBuffer(bytes);
        return new RpcAnswer(body, bytes.length, null, httpStatus, code, message, ending, refusal, retryAfter);
    }

    /// The same with all of its bytes at hand.
    RpcAnswer whole(ByteBuf all) {
        return new RpcAnswer(all, all.readableBytes(), null, httpStatus, code, message, ending, refusal, retryAfter);
    }

    void discard() {
        body.release();
        if (rest != null) rest.abort();
    }
}
