package dev.fairlead.data.connection;

import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.net.BodyInflater;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.http.Cors;
import dev.fairlead.data.http.HttpAnswer;
import dev.fairlead.data.http.InflatedBody;
import dev.fairlead.data.http.Readiness;
import dev.fairlead.data.http.RequestHead;
import dev.fairlead.data.http.RequestTarget;
import dev.fairlead.data.rpc.CallOrBatch;
import dev.fairlead.data.rpc.ChainOfPath;
import dev.fairlead.data.rpc.InFlightLimit;
import dev.fairlead.data.rpc.Message;
import dev.fairlead.data.rpc.MessageReader;
import dev.fairlead.data.rpc.MessageSender;
import dev.fairlead.data.rpc.ServerLimits;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/// Decides what is done about a request: at once if its head tells, else when its body is complete.
final class HttpRouting {
    /// A larger body of a caller that is kept out is not read, and its answer names no request.
    private static final int CHEAP = 64 * 1024;

    private final LoopContext context;
    private final MessageReader messages;
    private final CallerLookUp callers;

    HttpRouting(LoopContext context, InFlightLimit inFlight, CallerLookUp callers) {
        this.context = context;
        this.messages = new MessageReader(context.calls(), inFlight);
        this.callers = callers;
    }

    /// The answer that follows from the head alone, or null when the body is needed.
    @Nullable
    HttpAnswer atOnce(HttpExchange exchange, HttpRequest request, long announced) {
        return switch (exchange.head().target()) {
            case RequestTarget.Calls _ -> unfitBody(exchange, request.headers(), announced);
            case RequestTarget.Alive _ -> alive();
            case RequestTarget.Ready(var chain) -> readiness(chain);
            case RequestTarget.Welcome _ -> HttpAnswer.text(HttpResponseStatus.OK, welcome());
            case RequestTarget.Options _ -> Cors.preflight(request.headers());
            case RequestTarget.WebSocket _ ->
                HttpAnswer.refusal(
                        early(),
                        HttpResponseStatus.NOT_IMPLEMENTED,
                        Refusal.INVALID_REQUEST,
                        "WebSocket is not served yet; send JSON-RPC by HTTP POST");
            case RequestTarget.WrongMethod(var allowed) ->
                HttpAnswer.refusal(
                                early(),
                                HttpResponseStatus.METHOD_NOT_ALLOWED,
                                Refusal.INVALID_REQUEST,
                                "This path takes " + allowed + "; JSON-RPC is sent by POST")
                        .with(HttpHeaderNames.ALLOW, allowed);
            case RequestTarget.Nothing _ ->
                HttpAnswer.refusal(
                        early(), ChainOfPath.nothing(context.calls().fleet()).refused());
        };
    }

    private MessageSender caller(HttpExchange exchange) {
        return callers.of(exchange.head(), exchange.config(), exchange.startedAt());
    }

    /// How the request's caller is told of errors.
    private ErrorPolicy errors(HttpExchange exchange) {
        return caller(exchange).client().errors();
    }

    /// The same where it does not matter who calls.
    private ErrorPolicy early() {
        return context.state().errors();
    }

    private @Nullable HttpAnswer unfitBody(HttpExchange exchange, HttpHeaders headers, long announced) {
        RequestHead head = exchange.head();
        boolean isDear = announced < 0 || announced > CHEAP || !head.coding().isEmpty();
        if (isDear && caller(exchange) instanceof MessageSender.KeptOut(var kept, var refused))
            return HttpAnswer.refusal(kept.errors(), refused);
        if (announced > limits(exchange).body()) return tooLarge(exchange);
        if (!head.coding().isEmpty() && !BodyInflater.knows(head.coding())) {
            return HttpAnswer.refusal(
                            errors(exchange),
                            HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                            Refusal.INVALID_REQUEST,
                            "The body may be compressed by gzip or deflate only")
                    .with(HttpHeaderNames.ACCEPT_ENCODING, "gzip, deflate");
        }
        Cors cors = new Cors(exchange.config().corsOrigins());
        if (cors.isUnasked(head.origin(), headers.get(HttpHeaderNames.CONTENT_TYPE))) {
            return HttpAnswer.refusal(
                    errors(exchange),
                    HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                    Refusal.INVALID_REQUEST,
                    "Pages of this origin may not call; expected Content-Type: application/json");
        }
        String expected = headers.get(HttpHeaderNames.EXPECT);
        if (expected == null || HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) return null;
        return HttpAnswer.refusal(
                errors(exchange),
                HttpResponseStatus.EXPECTATION_FAILED,
                Refusal.INVALID_REQUEST,
                "Expected no other expectation than 100-continue");
    }

    HttpAnswer tooLarge(HttpExchange exchange) {
        return HttpAnswer.refusal(
                errors(exchange),
                Refusal.BODY_TOO_LARGE,
                "The body exceeds " + limits(exchange).body() + " bytes; send less at once");
    }

    private HttpAnswer alive() {
        return context.state()
                .fault()
                .map(fault -> HttpAnswer.text(HttpResponseStatus.SERVICE_UNAVAILABLE, fault + "\n"))
                .orElseGet(() -> HttpAnswer.text(HttpResponseStatus.OK, "ok\n"));
    }

    HttpAnswer noRoom(HttpExchange exchange) {
        return HttpAnswer.refusal(errors(exchange), context.calls().noRoomForRequests());
    }

    private HttpAnswer readiness(String segment) {
        boolean stopping = context.state().stopping();
        Fleet fleet = context.calls().fleet();
        Readiness readiness = Readiness.of(fleet, stopping);
        String chain = segment.isEmpty() || !(ChainOfPath.of(fleet, segment) instanceof ChainOfPath.Found(var name))
                ? segment
                : name;
        if (!chain.isEmpty()) readiness = readiness.narrowedTo(chain, stopping);
        if (readiness == null) {
            return HttpAnswer.refusal(
                    early(),
                    Refusal.NO_SUCH_CHAIN,
                    "No chain of that name; there are "
                            + ChainOfPath.paths(context.calls().fleet()));
        }
        readiness = readiness.unless(context.state().fault());
        HttpResponseStatus status = readiness.ready() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
        return HttpAnswer.json(status, readiness.json());
    }

    private String welcome() {
        String chains = context.calls().fleet().chains().isEmpty()
                ? "none yet; add a node: fairlead nodes add http://127.0.0.1:8545"
                : ChainOfPath.paths(context.calls().fleet());
        return "This is Fairlead, a gateway to Ethereum nodes. Send JSON-RPC by POST.\nChains: " + chains
                + "\nHealth: /healthz and /readyz\n";
    }

    /// The body is complete.
    ///
    /// @param lease what it takes; taken over
    void read(HttpExchange exchange, ResponseOrderer responses, byte[] body, int size, Lease lease) {
        exchange.body(lease);
        String coding = exchange.head().coding();
        if (coding.isEmpty()) {
            readPlain(exchange, responses, body, size);
            return;
        }
        switch (InflatedBody.of(coding, body, size, limits(exchange).body(), lease)) {
            case InflatedBody.Whole(var bytes, var length) -> readPlain(exchange, responses, bytes, length);
            case InflatedBody.TooDense _ ->
                plain(
                        exchange,
                        HttpAnswer.refusal(
                                errors(exchange),
                                Refusal.BODY_TOO_LARGE,
                                "The body inflates to more than " + InflatedBody.MOST_RATIO
                                        + " times its size; send it in plain"));
            case InflatedBody.NoRoom _ -> plain(exchange, noRoom(exchange));
            case InflatedBody.TooLarge _ -> plain(exchange, tooLarge(exchange));
            case InflatedBody.Broken(var cause) ->
                plain(
                        exchange,
                        HttpAnswer.refusal(
                                errors(exchange),
                                Refusal.PARSE_ERROR,
                                "The body is not legal " + coding + ": " + cause));
        }
    }

    /// The body is complete, and not compressed.
    void readPlain(HttpExchange exchange, ResponseOrderer responses, byte[] body, int size) {
        MessageSender caller = caller(exchange);
        if (caller instanceof MessageSender.KeptOut(var kept, var refused))
            exchange.refuseAsWhole(refused, kept.errors());
        switch (messages.read(exchange, body, size, caller, limits(exchange))) {
            case CallOrBatch calls -> responses.submit(exchange, calls);
            case Message.Unfit(var answer) -> plain(exchange, HttpAnswer.of(answer, null));
        }
    }

    /// Answers a request that carried no call.
    void plain(HttpExchange exchange, HttpAnswer answer) {
        context.calls().events().httpAnswered(answer.status().code());
        exchange.answer(answer);
    }

    private static ServerLimits limits(HttpExchange exchange) {
        return exchange.config().limits();
    }
}
