package dev.fairlead.data.http;

import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.rpc.AnswerRest;
import dev.fairlead.data.rpc.RpcAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An HTTP answer before it is framed: it may have to wait for its turn. Owns its bytes.
///
/// @param particular headers of this answer, or null when its content type, JSON, is all there is to say;
/// headers for framing, compression and CORS are added when it is written
/// @param rest what is still to come after `body`, or null
public record HttpAnswer(
        HttpResponseStatus status,
        @Nullable HttpHeaders particular,
        ByteBuf body,
        @Nullable AnswerRest rest) {

    /// Every answer except a plain result bears the name of its request.
    public static final String REQUEST_ID = "X-Request-Id";

    private static final int UNAUTHORIZED = 401;
    /// Not `Basic`, for which browsers ask their users.
    private static final String CHALLENGE = "Bearer realm=\"fairlead\"";

    /// The answer to a single call, or to a message of which no call could be made.
    ///
    /// @param rest what follows, or null when that is all
    public static HttpAnswer of(RpcAnswer said, @Nullable AnswerRest rest) {
        if (said.ending() == Ending.SERVED) return new HttpAnswer(HttpResponseStatus.OK, null, said.body(), rest);
        HttpHeaders headers = json();
        retryAfter(headers, said.retryAfter());
        if (said.httpStatus() == UNAUTHORIZED) headers.set(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
        return new HttpAnswer(HttpStatuses.of(said.httpStatus()), headers, said.body(), rest);
    }

    /// The answer to a batch.
    public static HttpAnswer ofBatch(ByteBuf body, @Nullable AnswerRest rest) {
        return rest == null ? json(body) : new HttpAnswer(HttpResponseStatus.OK, null, body, rest);
    }

    /// The same for a batch that is refused as a whole.
    ///
    /// @param httpStatus of the refusal
    public HttpAnswer refusedAs(int httpStatus) {
        HttpHeaders refusing = headers();
        if (httpStatus == UNAUTHORIZED) refusing.set(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
        return new HttpAnswer(HttpStatuses.of(httpStatus), refusing, body, rest);
    }

    static HttpAnswer json(ByteBuf body) {
        return new HttpAnswer(HttpResponseStatus.OK, json(), body, null);
    }

    public static HttpAnswer json(HttpResponseStatus status, byte[] body) {
        return new HttpAnswer(status, json(), Unpooled.wrappedBuffer(body), null);
    }

    public static HttpAnswer text(HttpResponseStatus status, String text) {
        HttpHeaders headers = fresh();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        ByteBuf body = Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
        return new HttpAnswer(status, headers, body, null);
    }

    static HttpAnswer empty(HttpHeaders headers) {
        return new HttpAnswer(HttpResponseStatus.NO_CONTENT, headers, Unpooled.EMPTY_BUFFER, null);
    }

    public static HttpAnswer empty() {
        return empty(fresh());
    }

    /// The answer to a request in which no call could be found, with the status of the table.
    public static HttpAnswer refusal(ErrorPolicy errors, Refusal why, String detail) {
        return refusal(errors, new Refused(why, detail));
    }

    public static HttpAnswer refusal(ErrorPolicy errors, Refused refused) {
        return of(RpcAnswer.refused(refused, errors), null);
    }

    /// The same where HTTP has a more telling status.
    public static HttpAnswer refusal(ErrorPolicy errors, HttpResponseStatus status, Refusal why, String detail) {
        HttpAnswer answer = refusal(errors, new Refused(why, detail));
        return new HttpAnswer(status, answer.headers(), answer.body(), null);
    }

    /// All headers that are known before the answer is framed; the caller may add more.
    public HttpHeaders headers() {
        return particular == null ? json() : particular;
    }

    public HttpAnswer with(CharSequence header, String value) {
        return new HttpAnswer(status, headers().set(header, value), body, rest);
    }

    public void discard() {
        body.release();
        if (rest != null) rest.discard();
    }

    private static void retryAfter(HttpHeaders headers, Duration after) {
        if (!after.isPositive()) return;
        headers.set(
                HttpHeaderNames.RETRY_AFTER,
                Long.toString(after.plusNanos(999_999_999).toSeconds()));
    }

    private static HttpHeaders json() {
        return fresh().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    }

    private static HttpHeaders fresh() {
        return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    }
}
