package dev.fairlead.data.connection;

import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.net.RequestMark;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.http.BoundedHeaders;
import dev.fairlead.data.http.ConnectionCosts;
import dev.fairlead.data.http.HttpAnswer;
import dev.fairlead.data.http.RequestBody;
import dev.fairlead.data.http.RequestHead;
import dev.fairlead.data.http.RequestHeadFault;
import dev.fairlead.data.http.ServerConfig.Timeouts;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Puts the pieces of requests together, one request after the other.
///
/// ```
///   BETWEEN ──▶ HEAD ──▶ BODY ──▶ BETWEEN        every stage ──▶ DEAF: nothing more is read
///                  └───▶ SKIPPING ──▶ BETWEEN    (answered before its body has come)
/// ```
final class RequestAssembler {
    private static final int SKIPPED_BODIES = 4;
    /// A head that was read takes so many times its bytes.
    private static final int HEAD = 2;
    /// Smaller heads may use the memory that is kept back for small calls.
    private static final int LARGE_HEAD = 4 * 1024;

    private enum Stage {
        BETWEEN,
        HEAD,
        BODY,
        SKIPPING,
        DEAF
    }

    private final LoopContext context;
    private final ResponseOrderer responses;
    private final HttpRouting routing;
    private Stage stage = Stage.BETWEEN;
    private long since = System.nanoTime();
    private long skippable;
    private boolean isWhole = true;
    private @Nullable HttpExchange exchange;
    private @Nullable RequestBody body;
    private @Nullable RequestHead asked;
    /// Heap taken for a head that is still coming in, or whose body is.
    private long heads;
    private long head;

    RequestAssembler(LoopContext context, ResponseOrderer responses, HttpRouting routing) {
        this.context = context;
        this.responses = responses;
        this.routing = routing;
    }

    boolean isBetween() {
        return stage == Stage.BETWEEN;
    }

    /// Whether the last request has come in completely, so that closing loses nothing.
    boolean isDone() {
        return isWhole && stage != Stage.HEAD;
    }

    void deafen() {
        stage = Stage.DEAF;
        drop();
    }

    /// Whether the newest request has begun and is not complete.
    boolean isReading() {
        return stage == Stage.BODY || stage == Stage.SKIPPING;
    }

    /// The first bytes of the next request have come.
    void begun() {
        if (stage == Stage.BETWEEN) enter(Stage.HEAD, System.nanoTime());
    }

    /// So many more bytes have come, and the head is not whole yet.
    void more(int bytes) {
        if (stage != Stage.HEAD) return;
        long weight = (long) HEAD * bytes;
        if (context.heap().take(weight)) heads += weight;
        else {
            HttpAnswer noRoom =
                    HttpAnswer.refusal(context.state().errors(), context.calls().noRoomForRequests());
            stop(open(RequestHead.unreadable(), System.nanoTime(), 0), noRoom);
        }
    }

    private void forgetHead() {
        context.heap().give(heads);
        heads = 0;
    }

    void head(HttpRequest request) {
        if (stage == Stage.DEAF) return;
        isWhole = false;
        forgetHead();
        long now = System.nanoTime();
        RequestHeadFault fault = RequestHeadFault.of(request, responses.isStream());
        if (request.decoderResult().isFailure() || fault != null) {
            stop(openUnreadable(request, now), unreadable(request.decoderResult(), fault));
            return;
        }
        String past = request.headers().contains(RequestMark.HEADER)
                ? RequestMark.past(request.headers().getAll(RequestMark.HEADER))
                : null;
        if (past != null && context.state().isLoop(past)) {
            stop(openUnreadable(request, now), refusal(Refusal.LOOP, OwnListener.CLIENTS.refusal()));
            return;
        }
        RequestHead read = RequestHead.of(request, past);
        long announced = HttpUtil.getContentLength(request, -1L);
        HttpExchange opened = open(read, now, 0);
        Lease lease = new Lease(context.heap());
        HttpAnswer answer = routing.atOnce(opened, request, announced);
        if (answer == null && !(opened.hasRoom() && weighs(request, lease))) answer = routing.noRoom(opened);
        boolean holdsBack = HttpUtil.is100ContinueExpected(request);
        if (answer == null) {
            body = new RequestBody(opened.config().limits().body(), announced, lease);
            enter(Stage.BODY, now);
            opened.wantsGoAhead(holdsBack);
            if (holdsBack) responses.writeReady();
            else asked = read;
        } else {
            lease.letGo();
            skip(opened, announced, now);
            if (holdsBack) opened.closes();
            routing.plain(opened, answer);
        }
    }

    /// A connection keeps the head of a request as long as its body comes; a stream does not.
    private boolean weighs(HttpRequest request, Lease lease) {
        head = responses.isStream() ? 0 : ConnectionCosts.of(request.headers());
        boolean large = head > LARGE_HEAD;
        return !(large && context.heap().refusesLarge()) && lease.grow(head);
    }

    /// What was read in the head of the last request, or null when it is not one to remember; see `KnownHead`.
    @Nullable
    RequestHead head() {
        return asked;
    }

    void forgetAsked() {
        asked = null;
    }

    /// A request that has come in whole, is not compressed, and whose head was read before.
    void whole(RequestHead known, byte[] bytes) {
        if (stage == Stage.DEAF) return;
        long now = System.nanoTime();
        HttpExchange opened = open(known, now, bytes.length);
        enter(Stage.BETWEEN, now);
        if (opened.hasRoom()) routing.readPlain(opened, responses, bytes, bytes.length);
        else routing.plain(opened, routing.noRoom(opened));
        if (exchange == opened) exchange = null;
    }

    /// Skips the rest of a body that is not needed, if it is short, so that the connection can stay open.
    private void skip(HttpExchange answered, long announced, long now) {
        enter(Stage.SKIPPING, now);
        drop();
        skippable = (long) SKIPPED_BODIES * answered.config().limits().body();
        if (announced > skippable) answered.closes();
    }

    void content(HttpContent content) {
        HttpExchange current = exchange;
        if (stage == Stage.DEAF) return;
        if (current == null) {
            withoutHead();
            return;
        }
        if (content.decoderResult().isFailure()) {
            current.closes();
            stop(current, refusal(Refusal.INVALID_REQUEST, "The body's chunks are not legal HTTP"));
            return;
        }
        if (stage == Stage.SKIPPING) pass(content, current);
        else if (body != null) take(body, content.content(), current);
        if (content instanceof LastHttpContent && stage != Stage.DEAF) complete(current);
    }

    /// A stream that begins with fields as they end a body: nobody else would end it.
    private void withoutHead() {
        if (!responses.isStream()) return;
        stop(open(RequestHead.unreadable(), System.nanoTime(), 0), unreadable(DecoderResult.UNFINISHED, null));
    }

    private void pass(HttpContent content, HttpExchange current) {
        skippable -= content.content().readableBytes();
        if (skippable >= 0) return;
        current.closes();
        deafen();
        responses.giveUpOn(current);
    }

    private void take(RequestBody coming, ByteBuf part, HttpExchange current) {
        switch (coming.add(part)) {
            case YES -> {}
            case TOO_LARGE -> refuse(current, routing.tooLarge(current));
            case NO_ROOM -> refuse(current, routing.noRoom(current));
        }
    }

    private void refuse(HttpExchange current, HttpAnswer answer) {
        skip(current, -1, System.nanoTime());
        routing.plain(current, answer);
    }

    /// Drops what has come of a body.
    private void drop() {
        if (body != null) body.lease().letGo();
        body = null;
        forgetHead();
    }

    private void complete(HttpExchange current) {
        RequestBody whole = body;
        body = null;
        isWhole = true;
        enter(current.isClosing() ? Stage.DEAF : Stage.BETWEEN, System.nanoTime());
        if (whole != null) {
            whole.lease().shrink(head);
            routing.read(current, responses, whole.bytes(), whole.size(), whole.lease());
        }
        if (exchange == current) exchange = null;
    }

    /// @param fault more exact than what the decoder says, or null
    private HttpAnswer unreadable(DecoderResult result, @Nullable RequestHeadFault fault) {
        return switch (result.cause()) {
            case TooLongHttpLineException _ ->
                refusal(
                        HttpResponseStatus.REQUEST_URI_TOO_LONG,
                        Refusal.INVALID_REQUEST,
                        "The request line is too long");
            case TooLongHttpHeaderException _ ->
                refusal(
                        HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                        Refusal.INVALID_REQUEST,
                        "The headers exceed "
                                + context.state().config().limits().header() + " bytes, or " + BoundedHeaders.MOST
                                + " headers");
            case null, default ->
                fault == null
                        ? refusal(Refusal.INVALID_REQUEST, "The request is not legal HTTP")
                        : refusal(fault.status(), Refusal.INVALID_REQUEST, fault.detail());
        };
    }

    private HttpAnswer refusal(Refusal why, String detail) {
        return HttpAnswer.refusal(context.state().errors(), why, detail);
    }

    private HttpAnswer refusal(HttpResponseStatus status, Refusal why, String detail) {
        return HttpAnswer.refusal(context.state().errors(), status, why, detail);
    }

    private HttpExchange openUnreadable(HttpRequest request, long now) {
        return open(RequestHead.unreadable(request.headers()), now, 0);
    }

    private HttpExchange open(RequestHead read, long now, int size) {
        HttpExchange opened = responses.open(read, now, size);
        exchange = opened;
        return opened;
    }

    /// Answers, and reads no more.
    private void stop(HttpExchange answered, HttpAnswer answer) {
        deafen();
        routing.plain(answered, answer);
    }

    /// The name of the request that came last.
    String name() {
        return current().name();
    }

    private HttpExchange current() {
        return exchange == null ? open(RequestHead.unreadable(), System.nanoTime(), 0) : exchange;
    }

    /// Answers for a fault of ours; the connection ends with the answer.
    void fault() {
        HttpExchange begun = current();
        begun.closes();
        stop(begun, refusal(Refusal.INTERNAL, "An unexpected fault; the gateway's log tells more of " + begun.name()));
    }

    /// Ends a request that began and takes too long to come.
    void expire(long now, Timeouts timeouts) {
        switch (stage) {
            case HEAD -> {
                if (now - since > patience(timeouts.header())) late(null, "The headers took too long", now);
            }
            case BODY, SKIPPING -> {
                if (now - since > timeouts.body().toNanos()) late(exchange, "The body took too long", now);
                else if (body != null && isTooSlow(body, now)) {
                    late(exchange, "Memory is short, and the body came too slowly", now);
                }
            }
            case BETWEEN, DEAF -> {}
        }
    }

    private long patience(Duration usual) {
        Duration least = context.state().memory().patience();
        return (heads > 0 && least.compareTo(usual) < 0 && context.heap().isShort() ? least : usual).toNanos();
    }

    /// While memory is short, a body must keep coming.
    private boolean isTooSlow(RequestBody coming, long now) {
        return coming.isSlow(now, context.state().memory().patience())
                && context.heap().isShort();
    }

    private void late(@Nullable HttpExchange begun, String detail, long now) {
        HttpExchange answered = begun == null ? responses.open(RequestHead.unreadable(), now, 0) : begun;
        isWhole = false;
        exchange = answered;
        answered.closes();
        boolean told = answered.isAnswered();
        deafen();
        if (told) responses.giveUpOn(answered);
        else routing.plain(answered, refusal(HttpResponseStatus.REQUEST_TIMEOUT, Refusal.INVALID_REQUEST, detail));
    }

    /// Time does not count while we ourselves do not read.
    void heldUp(long now) {
        if (stage != Stage.BETWEEN) since = now;
    }

    /// Since when the connection has had no request.
    long quietSince() {
        return since;
    }

    void quiet(long now) {
        if (stage == Stage.BETWEEN) since = now;
    }

    private void enter(Stage next, long now) {
        stage = next;
        since = now;
    }
}
