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
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.Way;
import dev.fairlead.data.server.ServerConfig.Limits;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/// Decides what is to be done about a request: at once when its head tells, else when its body is there.
final class FrontDesk {
    private static final ChainChoice NOT_CHOSEN = ChainChoice.of(Fleet.EMPTY, "");

    private final LoopSide side;
    private final Places places;
    private Client lastClient;
    private @Nullable Fleet lastFleet;
    private String lastSegment = "";
    private ChainChoice lastChoice = NOT_CHOSEN;

    FrontDesk(LoopSide side, Places places) {
        this.side = side;
        this.places = places;
        this.lastClient = new Client(places.peer(), null, null, null);
    }

    /// What the head alone tells to answer, or null when the body is wanted.
    @Nullable
    Outgoing atOnce(Asked asked, HttpRequest request, long announced) {
        return switch (asked.target()) {
            case Target.Calls _ -> unfitBody(asked, request.headers(), announced);
            case Target.Alive _ -> alive();
            case Target.Ready(var chain) -> readiness(chain);
            case Target.Welcome _ -> Outgoing.text(HttpResponseStatus.OK, welcome());
            case Target.Options _ -> Cors.preflight(request.headers());
            case Target.WebSocket _ ->
                Outgoing.refusal(
                        HttpResponseStatus.NOT_IMPLEMENTED,
                        Refusal.INVALID_REQUEST,
                        "WebSocket is not served yet; send JSON-RPC by HTTP POST");
            case Target.WrongMethod(var allowed) ->
                Outgoing.refusal(
                                HttpResponseStatus.METHOD_NOT_ALLOWED,
                                Refusal.INVALID_REQUEST,
                                "This path takes " + allowed + "; JSON-RPC is sent by POST")
                        .with(HttpHeaderNames.ALLOW, allowed);
            case Target.Nothing _ ->
                Outgoing.refusal(
                        Refusal.NO_SUCH_CHAIN,
                        "Nothing is served on this path; POST to "
                                + ChainChoice.paths(side.serving().fleet()));
        };
    }

    private @Nullable Outgoing unfitBody(Asked asked, HttpHeaders headers, long announced) {
        if (announced > limits().body()) return tooLarge();
        if (!asked.coding().isEmpty() && !Inflation.knows(asked.coding())) {
            return Outgoing.refusal(
                            HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                            Refusal.INVALID_REQUEST,
                            "The body may be compressed by gzip or deflate only")
                    .with(HttpHeaderNames.ACCEPT_ENCODING, "gzip, deflate");
        }
        Cors cors = new Cors(side.serving().config().corsOrigins());
        if (cors.isUnasked(asked.origin(), headers.get(HttpHeaderNames.CONTENT_TYPE))) {
            return Outgoing.refusal(
                    HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                    Refusal.INVALID_REQUEST,
                    "Pages of this origin may not call; expected Content-Type: application/json");
        }
        String expected = headers.get(HttpHeaderNames.EXPECT);
        if (expected == null || HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) return null;
        return Outgoing.refusal(
                HttpResponseStatus.EXPECTATION_FAILED,
                Refusal.INVALID_REQUEST,
                "Expected no other expectation than 100-continue");
    }

    Outgoing tooLarge() {
        return Outgoing.refusal(
                Refusal.BODY_TOO_LARGE, "The body exceeds " + limits().body() + " bytes; send less at once");
    }

    private Outgoing alive() {
        return side.serving()
                .fault()
                .map(fault -> Outgoing.text(HttpResponseStatus.SERVICE_UNAVAILABLE, fault + "\n"))
                .orElseGet(() -> Outgoing.text(HttpResponseStatus.OK, "ok\n"));
    }

    Outgoing noRoom() {
        return Outgoing.refusal(
                Refusal.OVERLOADED,
                "The memory for requests is in use (" + side.heap().most()
                        + " bytes for all clients together); come again");
    }

    private Outgoing readiness(String segment) {
        boolean stopping = side.serving().stopping();
        Fleet fleet = side.serving().fleet();
        Readiness readiness = Readiness.of(fleet, stopping);
        String chain = segment.isEmpty() || !(ChainChoice.of(fleet, segment) instanceof ChainChoice.Found(var name))
                ? segment
                : name;
        if (!chain.isEmpty()) readiness = readiness.narrowedTo(chain, stopping);
        if (readiness == null) {
            return Outgoing.refusal(
                    Refusal.NO_SUCH_CHAIN,
                    "No chain of that name; there are "
                            + ChainChoice.paths(side.serving().fleet()));
        }
        readiness = readiness.unless(side.serving().fault());
        HttpResponseStatus status = readiness.ready() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
        return Outgoing.json(status, readiness.json());
    }

    private String welcome() {
        String chains = side.serving().fleet().chains().isEmpty()
                ? "none yet; add a node: fairlead nodes add http://127.0.0.1:8545"
                : ChainChoice.paths(side.serving().fleet());
        return "This is Fairlead, a gateway to Ethereum nodes. Send JSON-RPC by POST.\nChains: " + chains
                + "\nHealth: /healthz and /readyz\n";
    }

    /// The body is complete.
    void read(Exchange exchange, Line line, byte[] body, int size) {
        read(exchange, line, body, size, null);
    }

    /// @param lease what the body takes, or null when it is small; taken over
    void read(Exchange exchange, Line line, byte[] body, int size, @Nullable Lease lease) {
        if (lease != null) exchange.body(lease);
        String coding = exchange.asked().coding();
        if (coding.isEmpty()) {
            readPlain(exchange, line, body, size);
            return;
        }
        Lease inflated = lease == null ? new Lease(side.heap()) : lease;
        if (lease == null) exchange.body(inflated);
        switch (Inflation.of(coding, body, size, limits().body(), inflated)) {
            case Inflation.Whole(var bytes, var length) -> readPlain(exchange, line, bytes, length);
            case Inflation.TooDense _ ->
                plain(
                        exchange,
                        Outgoing.refusal(
                                Refusal.BODY_TOO_LARGE,
                                "The body inflates to more than " + Inflation.MOST_RATIO
                                        + " times its size; send it in plain"));
            case Inflation.NoRoom _ -> plain(exchange, noRoom());
            case Inflation.TooLarge _ -> plain(exchange, tooLarge());
            case Inflation.Broken(var cause) ->
                plain(
                        exchange,
                        Outgoing.refusal(Refusal.PARSE_ERROR, "The body is not legal " + coding + ": " + cause));
        }
    }

    private void readPlain(Exchange exchange, Line line, byte[] body, int size) {
        Limits limits = limits();
        switch (new EnvelopeReader(limits.nesting(), limits.batch(), side.names()).read(body, 0, size)) {
            case Single(var request) ->
                line.submit(
                        exchange,
                        new SingleCall(
                                exchange,
                                side,
                                request,
                                maker(exchange, exchange.asked().requestId())));
            case Batch(var elements) -> {
                side.serving().events().batch(elements.size());
                if (!exchange.take((long) elements.size() * Price.ELEMENT)) {
                    plain(exchange, noRoom());
                    return;
                }
                if (!hasRoomForAnswers(elements.size())) {
                    plain(exchange, Outgoing.refusal(Refusal.OVERLOADED, SingleCall.noMemory(side)));
                    return;
                }
                CallMaker maker = maker(exchange, exchange.name());
                line.submit(exchange, new BatchOfCalls(exchange, side, elements, maker, limits.batchReply()));
            }
            case Malformed(var id, var error) -> plain(exchange, malformed(id, error));
            case TooMany(var found, var limit) ->
                plain(
                        exchange,
                        Outgoing.refusal(
                                Refusal.BATCH_TOO_LARGE,
                                "The batch has " + found + " calls, and " + limit + " are allowed; send several"));
        }
    }

    /// Few bytes ask for many answers, and whoever sends them need not read: without room for them, none is made.
    private boolean hasRoomForAnswers(int elements) {
        boolean large = elements * Price.ANSWER > Lease.SMALL;
        return large ? !side.direct().refusesLarge() : !side.direct().isFull();
    }

    private static Outgoing malformed(Slice id, RpcError error) {
        Refusal why = switch (error.code()) {
            case RpcError.PARSE -> Refusal.PARSE_ERROR;
            case RpcError.INVALID_PARAMS -> Refusal.INVALID_PARAMS;
            default -> Refusal.INVALID_REQUEST;
        };
        return Outgoing.json(Statuses.of(why.status()), Replies.error(id, error));
    }

    /// Answers a request that carried no call.
    void plain(Exchange exchange, Outgoing answer) {
        side.serving().events().httpAnswered(answer.status().code());
        exchange.answer(answer);
    }

    private CallMaker maker(Exchange exchange, @Nullable String id) {
        String segment = exchange.asked().target() instanceof Target.Calls(var named) ? named : "";
        Client client = client(exchange.asked());
        long from = exchange.startedAt();
        return switch (choice(segment)) {
            case ChainChoice.Found(var chain) ->
                new CallMaker(side, side.way(), chain, client, id, places, from, exchange.deadline(), exchange.body());
            case ChainChoice.None(var refused) -> {
                Way refusing = (_, back) -> back.accept(refused);
                yield new CallMaker(side, refusing, "", client, id, places, from, exchange.deadline(), exchange.body());
            }
        };
    }

    /// One connection nearly always asks for one chain, of a Fleet that changes now and then.
    @SuppressWarnings("ReferenceEquality")
    private ChainChoice choice(String segment) {
        Fleet fleet = side.serving().fleet();
        if (fleet != lastFleet || !segment.equals(lastSegment)) {
            lastFleet = fleet;
            lastSegment = segment;
            lastChoice = ChainChoice.of(fleet, segment);
        }
        return lastChoice;
    }

    /// One connection is nearly always one client.
    private Client client(Asked asked) {
        var now = new Client(places.peer(), asked.origin(), asked.userAgent(), asked.past());
        if (!lastClient.equals(now)) lastClient = now;
        return lastClient;
    }

    private Limits limits() {
        return side.serving().config().limits();
    }
}
