package dev.fairlead.data.call;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.core.telemetry.Events.Ending;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/// One call on its way. Lives on the event loop of its client's connection from the first byte to the last.
public final class Call {
    private final long serial;
    private final String chain;
    private final Request request;
    private final Method method;
    private final BlockRef block;
    private final Client client;
    private final EventLoop loop;
    private final long startedAt;
    private long deadline;

    private short questions;
    private short attempts;
    private short lookUps;
    private short nodesDown;
    private @Nullable String route;
    private String goesAs;
    private String sender = "";
    private @Nullable NodeId servedBy;
    private long answeredAt;
    private @Nullable Runnable onAbandon;
    private boolean abandoned;
    private boolean isAskedAgain;
    private int credits;
    private @Nullable String refusal;

    /// @param serial unique in this process; names the call in logs and in the `X-Request-Id` header
    /// @param startedAt `System.nanoTime()` at the first byte
    /// @param deadline `System.nanoTime()` at which the client gets an answer, whatever it is
    public Call(
            long serial, String chain, Request request, Client client, EventLoop loop, long startedAt, long deadline) {
        this.serial = serial;
        this.chain = chain;
        this.request = request;
        this.method = MethodTable.of(request.method());
        this.goesAs = method.name();
        this.block = BlockRef.of(method, request.params());
        this.client = client;
        this.loop = loop;
        this.startedAt = startedAt;
        this.deadline = deadline;
    }

    public long serial() {
        return serial;
    }

    public String chain() {
        return chain;
    }

    public Request request() {
        return request;
    }

    /// What is known of the request's method; looked up once.
    public Method method() {
        return method;
    }

    /// Whether the gateway asks it again of itself, after an answer that did not reach the client: its client
    /// called once.
    public boolean isAskedAgain() {
        return isAskedAgain;
    }

    public void askedAgain() {
        isAskedAgain = true;
    }

    /// What was taken of its tenant's day for it.
    public int credits() {
        return credits;
    }

    public void charged(int taken) {
        credits = taken;
    }

    /// Says what it is refused or fails for, in one of few words; the first word counts.
    public void refusedFor(String word) {
        if (refusal == null) refusal = word;
    }

    /// The block that the request names, or means where it names none.
    public BlockRef block() {
        return block;
    }

    /// The group of nodes that a route sends it to; null where the groups' own methods decide.
    public @Nullable String route() {
        return route;
    }

    public void route(@Nullable String group) {
        route = group;
    }

    /// The method by which its group is found, where no route names one.
    public String goesAs() {
        return goesAs;
    }

    /// It goes to the nodes that another call goes to.
    public void goesWith(Call other) {
        route = other.route;
        goesAs = other.goesAs;
    }

    /// Who signed the transaction that is counted now: address in lower case; empty where there is none.
    public String sender() {
        return sender;
    }

    public void sender(String address) {
        sender = address;
    }

    public Tenant tenant() {
        return client.tenant();
    }

    public Client client() {
        return client;
    }

    public EventLoop loop() {
        return loop;
    }

    public long startedAt() {
        return startedAt;
    }

    public long deadline() {
        return deadline;
    }

    /// Brings the deadline forward for a call whose chain or group has a shorter one.
    ///
    /// @param nanos after the first byte
    public void endWithin(long nanos) {
        deadline = startedAt + Math.min(nanos, deadline - startedAt);
    }

    /// How often the call was put to a node, as `dispatch.attempts` counts: attempts that never reached a node
    /// do not count.
    public int attempts() {
        return attempts;
    }

    public void attempted() {
        attempts++;
    }

    /// The attempt that was counted last did not reach its node.
    public void unreached() {
        attempts--;
    }

    /// The attempt that was counted last ended because its node was found dead or hanging, by health or by others.
    public void nodeWasDown() {
        nodesDown++;
    }

    /// Attempts at nodes that worked meanwhile, as far as is known.
    public int attemptsAtWorkingNodes() {
        return attempts - nodesDown;
    }

    /// How many other questions nodes were asked for the call's sake: for their head, or whether they have a
    /// transaction.
    public int lookUps() {
        return lookUps;
    }

    public void lookedUp() {
        lookUps++;
    }

    /// Counts every request that is sent to a node for the call; returns its number, from 1.
    public int nextQuestion() {
        return ++questions;
    }

    /// The node whose answer the client gets, or null.
    public @Nullable NodeId servedBy() {
        return servedBy;
    }

    public void servedBy(NodeId node) {
        servedBy = node;
    }

    /// `System.nanoTime()` at which the answer came, if the clock was read then; else 0.
    public long answeredAt() {
        return answeredAt;
    }

    public void answeredAt(long now) {
        answeredAt = now;
    }

    /// What is told of the call once it is over.
    ///
    /// @param requestId what the client calls it, or null
    /// @param code JSON-RPC error code in the answer, or 0 for a result
    /// @param message of that error, or null
    public CallEnded ended(
            @Nullable String requestId, Ending ending, int code, @Nullable String message, int httpStatus, long now) {
        return new CallEnded(
                serial,
                requestId,
                chain,
                method.name(),
                ending,
                servedBy,
                attempts,
                lookUps,
                code,
                message,
                httpStatus,
                now - startedAt,
                client.tenant().name(),
                client.alias(),
                client.address(),
                client.origin(),
                ending == Ending.SERVED ? null : digest(request.params()),
                refusal,
                credits);
    }

    /// FNV-1a: equal params get the same digest, which shows nothing of them.
    private static String digest(Slice params) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < params.size(); i++) hash = (hash ^ (params.at(i) & 0xff)) * 0x100000001b3L;
        return Long.toHexString(hash);
    }

    /// The client went away: work on the call stops, and it gets no answer any more.
    public void abandon() {
        if (abandoned) return;
        abandoned = true;
        if (onAbandon != null) onAbandon.run();
    }

    public boolean isAbandoned() {
        return abandoned;
    }

    /// Sets what to do when the client goes away; replaces what was set before.
    public void onAbandon(Runnable stop) {
        onAbandon = stop;
    }
}
