package dev.fairlead.data.server;

import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.jsonrpc.Envelope.Batch;
import dev.fairlead.core.jsonrpc.Envelope.Malformed;
import dev.fairlead.core.jsonrpc.Envelope.Single;
import dev.fairlead.core.jsonrpc.Envelope.TooMany;
import dev.fairlead.core.jsonrpc.EnvelopeReader;
import dev.fairlead.core.jsonrpc.Replies;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.server.ServerConfig.Limits;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/// Decides what is to be done about a request: at once when its head tells, else when its body is there.
final class HttpRouting {
    private static final ChainOfPath NOT_CHOSEN = ChainOfPath.of(Fleet.EMPTY, "");

    private final LoopContext context;
    private final InFlightLimit places;
    private Client lastClient;
    private @Nullable Fleet lastFleet;
    private String lastSegment = "";
    private ChainOfPath lastChoice = NOT_CHOSEN;

    HttpRouting(LoopContext context, InFlightLimit limit) {
        this.context = context;
        this.places = limit;
        this.lastClient = new Client(limit.peer(), null, null, null);
    }

    /// What the head alone tells to answer, or null when the body is wanted.
    @Nullable
    HttpAnswer atOnce(RequestHead head, HttpRequest request, long announced) {
        return switch (head.target()) {
            case RequestTarget.Calls _ -> unfitBody(head, request.headers(), announced);
            case RequestTarget.Alive _ -> alive();
            case RequestTarget.Ready(var chain) -> readiness(chain);
            case RequestTarget.Welcome _ -> HttpAnswer.text(HttpResponseStatus.OK, welcome());
            case RequestTarget.Options _ -> Cors.preflight(request.headers());
            case RequestTarget.WebSocket _ ->
                HttpAnswer.refusal(
                        HttpResponseStatus.NOT_IMPLEMENTED,
                        Refusal.INVALID_REQUEST,
                        "WebSocket is not served yet; send JSON-RPC by HTTP POST");
            case RequestTarget.WrongMethod(var allowed) ->
                HttpAnswer.refusal(
                                HttpResponseStatus.METHOD_NOT_ALLOWED,
                                Refusal.INVALID_REQUEST,
                                "This path takes " + allowed + "; JSON-RPC is sent by POST")
                        .with(HttpHeaderNames.ALLOW, allowed);
            case RequestTarget.Nothing _ ->
                HttpAnswer.refusal(
                        Refusal.NO_SUCH_CHAIN,
                        "Nothing is served on this path; POST to "
                                + ChainOfPath.paths(context.state().fleet()));
        };
    }

    private @Nullable HttpAnswer unfitBody(RequestHead head, HttpHeaders headers, long announced) {
        if (announced > limits().body()) return tooLarge();
        if (!head.coding().isEmpty() && !InflatedBody.knows(head.coding())) {
            return HttpAnswer.refusal(
                            HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                            Refusal.INVALID_REQUEST,
                            "The body may be compressed by gzip or deflate only")
                    .with(HttpHeaderNames.ACCEPT_ENCODING, "gzip, deflate");
        }
        Cors cors = new Cors(context.state().config().corsOrigins());
        if (cors.isUnasked(head.origin(), headers.get(HttpHeaderNames.CONTENT_TYPE))) {
            return HttpAnswer.refusal(
                    HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                    Refusal.INVALID_REQUEST,
                    "Pages of this origin may not call; expected Content-Type: application/json");
        }
        String expected = headers.get(HttpHeaderNames.EXPECT);
        if (expected == null || HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) return null;
        return HttpAnswer.refusal(
                HttpResponseStatus.EXPECTATION_FAILED,
                Refusal.INVALID_REQUEST,
                "Expected no other expectation than 100-continue");
    }

    HttpAnswer tooLarge() {
        return HttpAnswer.refusal(
                Refusal.BODY_TOO_LARGE, "The body exceeds " + limits().body() + " bytes; send less at once");
    }

    private HttpAnswer alive() {
        return context.state()
                .fault()
                .map(fault -> HttpAnswer.text(HttpResponseStatus.SERVICE_UNAVAILABLE, fault + "\n"))
                .orElseGet(() -> HttpAnswer.text(HttpResponseStatus.OK, "ok\n"));
    }

    HttpAnswer noRoom() {
        return HttpAnswer.refusal(
                Refusal.OVERLOADED,
                "The memory for requests is in use (" + context.heap().most()
                        + " bytes for all clients together); come again");
    }

    private HttpAnswer readiness(String segment) {
        boolean stopping = context.state().stopping();
        Fleet fleet = context.state().fleet();
        Readiness readiness = Readiness.of(fleet, stopping);
        String chain = segment.isEmpty() || !(ChainOfPath.of(fleet, segment) instanceof ChainOfPath.Found(var name))
                ? segment
                : name;
        if (!chain.isEmpty()) readiness = readiness.narrowedTo(chain, stopping);
        if (readiness == null) {
            return HttpAnswer.refusal(
                    Refusal.NO_SUCH_CHAIN,
                    "No chain of that name; there are "
                            + ChainOfPath.paths(context.state().fleet()));
        }
        readiness = readiness.unless(context.state().fault());
        HttpResponseStatus status = readiness.ready() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
        return HttpAnswer.json(status, readiness.json());
    }

    private String welcome() {
        String chains = context.state().fleet().chains().isEmpty()
                ? "none yet; add a node: fairlead nodes add http://127.0.0.1:8545"
                : ChainOfPath.paths(context.state().fleet());
        return "This is Fairlead, a gateway to Ethereum nodes. Send JSON-RPC by POST.\nChains: " + chains
                + "\nHealth: /healthz and /readyz\n";
    }

    /// The body is complete.
    void read(HttpExchange exchange, ResponseOrderer responses, byte[] body, int size) {
        read(exchange, responses, body, size, null);
    }

    /// @param lease what the body takes, or null when it is small; taken over
    void read(HttpExchange exchange, ResponseOrderer responses, byte[] body, int size, @Nullable Lease lease) {
        if (lease != null) exchange.body(lease);
        String coding = exchange.head().coding();
        if (coding.isEmpty()) {
            readPlain(exchange, responses, body, size);
            return;
        }
        Lease inflated = lease == null ? new Lease(context.heap()) : lease;
        if (lease == null) exchange.body(inflated);
        switch (InflatedBody.of(coding, body, size, limits().body(), inflated)) {
            case InflatedBody.Whole(var bytes, var length) -> readPlain(exchange, responses, bytes, length);
            case InflatedBody.TooDense _ ->
                plain(
                        exchange,
                        HttpAnswer.refusal(
                                Refusal.BODY_TOO_LARGE,
                                "The body inflates to more than " + InflatedBody.MOST_RATIO
                                        + " times its size; send it in plain"));
            case InflatedBody.NoRoom _ -> plain(exchange, noRoom());
            case InflatedBody.TooLarge _ -> plain(exchange, tooLarge());
            case InflatedBody.Broken(var cause) ->
                plain(
                        exchange,
                        HttpAnswer.refusal(Refusal.PARSE_ERROR, "The body is not legal " + coding + ": " + cause));
        }
    }

    private void readPlain(HttpExchange exchange, ResponseOrderer responses, byte[] body, int size) {
        Limits limits = limits();
        switch (new EnvelopeReader(limits.nesting(), limits.batch(), context.names()).read(body, 0, size)) {
            case Single(var request) ->
                responses.submit(
                        exchange,
                        new SingleCall(
                                exchange,
                                context,
                                request,
                                maker(exchange, exchange.head().requestId())));
            case Batch(var elements) -> {
                context.state().events().batch(elements.size());
                if (!exchange.take((long) elements.size() * MemoryCosts.ELEMENT)) {
                    plain(exchange, noRoom());
                    return;
                }
                if (!hasRoomForAnswers(elements.size())) {
                    plain(exchange, HttpAnswer.refusal(Refusal.OVERLOADED, SingleCall.noMemory(context)));
                    return;
                }
                CallFactory factory = maker(exchange, exchange.name());
                responses.submit(exchange, new CallBatch(exchange, context, elements, factory, limits.batchReply()));
            }
            case Malformed(var id, var error) -> plain(exchange, malformed(id, error));
            case TooMany(var found, var limit) ->
                plain(
                        exchange,
                        HttpAnswer.refusal(
                                Refusal.BATCH_TOO_LARGE,
                                "The batch has " + found + " calls, and " + limit + " are allowed; send several"));
        }
    }

    /// Few bytes ask for many answers, and whoever sends them need not read: without room for them, none is made.
    private boolean hasRoomForAnswers(int elements) {
        boolean large = elements * MemoryCosts.ANSWER > Lease.SMALL;
        return large ? !context.direct().refusesLarge() : !context.direct().isFull();
    }

    private static HttpAnswer malformed(Slice id, RpcError error) {
        Refusal why = switch (error.code()) {
            case RpcError.PARSE -> Refusal.PARSE_ERROR;
            case RpcError.INVALID_PARAMS -> Refusal.INVALID_PARAMS;
            default -> Refusal.INVALID_REQUEST;
        };
        return HttpAnswer.json(HttpStatuses.of(why.status()), Replies.error(id, error));
    }

    /// Answers a request that carried no call.
    void plain(HttpExchange exchange, HttpAnswer answer) {
        context.state().events().httpAnswered(answer.status().code());
        exchange.answer(answer);
    }

    private CallFactory maker(HttpExchange exchange, @Nullable String id) {
        String segment = exchange.head().target() instanceof RequestTarget.Calls(var named) ? named : "";
        Client client = client(exchange.head());
        long from = exchange.startedAt();
        return switch (choice(segment)) {
            case ChainOfPath.Found(var chain) ->
                new CallFactory(
                        context, context.next(), chain, client, id, places, from, exchange.deadline(), exchange.body());
            case ChainOfPath.None(var refused) -> {
                Next refusing = (_, back) -> back.accept(refused);
                yield new CallFactory(
                        context, refusing, "", client, id, places, from, exchange.deadline(), exchange.body());
            }
        };
    }

    /// One connection nearly always asks for one chain, of a Fleet that changes now and then.
    @SuppressWarnings("ReferenceEquality")
    private ChainOfPath choice(String segment) {
        Fleet fleet = context.state().fleet();
        if (fleet != lastFleet || !segment.equals(lastSegment)) {
            lastFleet = fleet;
            lastSegment = segment;
            lastChoice = ChainOfPath.of(fleet, segment);
        }
        return lastChoice;
    }

    /// One connection is nearly always one client.
    private Client client(RequestHead head) {
        var now = new Client(places.peer(), head.origin(), head.userAgent(), head.past());
        if (!lastClient.equals(now)) lastClient = now;
        return lastClient;
    }

    private Limits limits() {
        return context.state().config().limits();
    }
}
