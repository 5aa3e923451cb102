package dev.fairlead.core.telemetry;

import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fault.FaultTrace;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.jwt.TokenFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// One log line for what an operator must know: every call that failed or that nodes objected to, every failed
/// attempt (at debug level), every change of a node or a chain. Served calls leave no line.
public final class LogEvents implements Events {
    private static final Logger calls = LoggerFactory.getLogger("fairlead.calls");
    private static final Logger clients = LoggerFactory.getLogger("fairlead.clients");
    private static final Logger fleet = LoggerFactory.getLogger("fairlead.fleet");
    private static final Logger process = LoggerFactory.getLogger("fairlead.process");
    private static final Logger orders = LoggerFactory.getLogger("fairlead.orders");

    /// Callers can cause as many refusals as they like.
    private static final long BETWEEN_TOKEN_LINES = Duration.ofSeconds(10).toNanos();

    private final Map<TokenFault, Long> tokenLines = new ConcurrentHashMap<>();

    @Override
    public void callEnded(CallEnded call) {
        Ending outcome = call.outcome();
        boolean objected = outcome == Ending.OBJECTED;
        if (outcome != Ending.FAILED && !objected) return;
        var line = (objected ? calls.atInfo() : calls.atWarn())
                .addKeyValue("call", Events.name(call.serial()))
                .addKeyValue("chain", call.chain())
                .addKeyValue("method", call.method())
                .addKeyValue("params", call.paramsDigest())
                .addKeyValue("client", call.client())
                .addKeyValue("outcome", outcome.word())
                .addKeyValue("status", call.status())
                .addKeyValue("code", call.code())
                .addKeyValue("attempts", call.attempts())
                .addKeyValue("ms", call.nanos() / 1_000_000);
        if (call.key() != null) line = line.addKeyValue("tenant", call.tenant()).addKeyValue("key", call.key());
        if (call.lookUps() > 0) line = line.addKeyValue("lookups", call.lookUps());
        if (call.requestId() != null) line = line.addKeyValue("request", call.requestId());
        if (call.origin() != null) line = line.addKeyValue("origin", call.origin());
        if (call.node() != null) line = line.addKeyValue("node", call.node());
        if (call.refusal() != null) line = line.addKeyValue("refusal", call.refusal());
        line.log(objected ? "call objected to: {}" : "call failed: {}", oneLine(call.message()));
    }

    /// The text may be a node's or a client's.
    private static @Nullable String oneLine(@Nullable String message) {
        return message == null ? null : OneLine.of(message);
    }

    @Override
    public void turnedAway(TurnedAway why, String detail) {
        clients.atWarn().addKeyValue("reason", why.word()).log("client connections are turned away: {}", detail);
    }

    @Override
    public void eventLoops(@Nullable String fault, String detail) {
        if (fault == null) process.info("all event loops work again");
        else process.error("{}: /healthz answers 503{}", fault, detail);
    }

    @Override
    public void fault(Part part, String doing, Throwable fault) {
        Throwable shown = part.meetsStrangers() ? FaultTrace.of(fault) : fault;
        process.atError().addKeyValue("part", part.word()).setCause(shown).log("{}", doing);
    }

    @Override
    public void attemptEnded(AttemptEnded attempt) {
        if (!calls.isDebugEnabled() || attempt.outcome().equals("answered")) return;
        calls.atDebug()
                .addKeyValue("call", Events.name(attempt.serial()))
                .addKeyValue("node", attempt.node())
                .addKeyValue("method", attempt.method())
                .addKeyValue("attempt", attempt.number())
                .addKeyValue("outcome", attempt.outcome())
                .addKeyValue("reason", attempt.reason())
                .addKeyValue("status", attempt.status())
                .addKeyValue("code", attempt.code())
                .addKeyValue("ms", attempt.nanos() / 1_000_000)
                .log("attempt {}: {}", attempt.outcome(), oneLine(attempt.message()));
    }

    @Override
    public void ejected(NodeId node, String cause, Duration until) {
        fleet.atWarn()
                .addKeyValue("node", node)
                .addKeyValue("ms", until.toMillis())
                .log("{} is ejected for {} ms: {}", node, until.toMillis(), cause);
    }

    @Override
    public void tokenRefused(TokenFault why, String client, Supplier<String> whose) {
        long now = System.nanoTime();
        Long last = tokenLines.get(why);
        if (last != null && now - last < BETWEEN_TOKEN_LINES) return;
        boolean isMine = last == null ? tokenLines.putIfAbsent(why, now) == null : tokenLines.replace(why, last, now);
        if (!isMine) return;
        String said = whose.get();
        clients.atInfo()
                .addKeyValue("reason", why.word())
                .addKeyValue("client", client)
                .log(
                        "a token{} is refused: {}; more of them for that reason are only counted for 10 s",
                        said.isEmpty() ? "" : " " + said,
                        why.word());
    }

    @Override
    public void tokenKeys(String tenants, String url, boolean isFault, String what) {
        process.atLevel(isFault ? Level.WARN : Level.INFO)
                .addKeyValue("tenants", tenants)
                .addKeyValue("url", url)
                .log("the token keys of {} from {} {}", tenants, url, what);
    }

    @Override
    public void limited(String limit, String tenant) {}

    @Override
    public void closed(String chain, String tenant, String method, String because) {
        String name = OneLine.of(method);
        clients.atInfo()
                .addKeyValue("chain", chain)
                .addKeyValue("tenant", tenant)
                .addKeyValue("method", name)
                .log("{} was refused to {}: {}", name, tenant, because);
    }

    @Override
    public void transactionRefused(String chain, String rule) {}

    @Override
    public void webhookAnswered(String outcome, long nanos) {}

    @Override
    public void unchecked(Unchecked submission) {
        var line = calls.atWarn()
                .addKeyValue("call", Events.name(submission.serial()))
                .addKeyValue("chain", submission.chain())
                .addKeyValue("tenant", submission.tenant())
                .addKeyValue("method", submission.method())
                .addKeyValue("client", submission.client())
                .addKeyValue("url", submission.url())
                .addKeyValue("outcome", submission.then().word())
                .addKeyValue("ms", submission.nanos() / 1_000_000);
        if (submission.key() != null) line = line.addKeyValue("key", submission.key());
        line.log(
                "the webhook {} gave no verdict: {}; {} of {} on {} {}",
                submission.url(),
                submission.cause(),
                submission.transactions(),
                submission.tenant(),
                submission.chain(),
                submission.then().text());
    }

    @Override
    public void quota(String tenant, int percent, long quota) {
        clients.atLevel(percent < 100 ? Level.INFO : Level.WARN)
                .addKeyValue("tenant", tenant)
                .log("tenant {} has taken {} % of the {} credits that it may take today", tenant, percent, quota);
    }

    @Override
    public void spending(String chain, @Nullable String node, int percent, long daily) {
        var line = fleet.atLevel(percent < 100 ? Level.INFO : Level.WARN).addKeyValue("chain", chain);
        if (node != null) line = line.addKeyValue("node", node);
        line.log(
                "{} {} % of the {} credits of the day",
                node == null ? "leaders and rented nodes of " + chain + " have had" : chain + "/" + node + " has had",
                percent,
                daily);
    }

    @Override
    public void redis(boolean isReached, String reason) {
        if (isReached) process.info("Redis is reached: limits are shared with the other gateways");
        else process.warn("Redis is gone: this gateway keeps to its part of each limit until it is back: {}", reason);
    }

    @Override
    public void spared(NodeId node, Service service, String cause) {
        fleet.atWarn()
                .addKeyValue("node", node)
                .addKeyValue("service", service.word())
                .log("{} gets no calls for {} for a while: {}", node, service.word(), cause);
    }

    @Override
    public void readmitted(NodeId node) {
        fleet.atInfo().addKeyValue("node", node).log("{} gets calls again", node);
    }

    @Override
    public void plansSpent(String chain, String group, boolean active) {
        var line = active ? fleet.atError() : fleet.atInfo();
        line.addKeyValue("chain", chain)
                .addKeyValue("group", group)
                .log(
                        active
                                ? "no node of {}/{} is asked: their plans are used up; days begin at 00:00 UTC"
                                : "the plans of {}/{} allow calls again",
                        chain,
                        group);
    }

    @Override
    public void panic(String chain, String group, boolean active) {
        var line = active ? fleet.atError() : fleet.atInfo();
        line.addKeyValue("chain", chain)
                .addKeyValue("group", group)
                .log(
                        active
                                ? "no node of {}/{} is fit to serve; using the least bad"
                                : "{}/{} has a node that is fit to serve again",
                        chain,
                        group);
    }

    @Override
    public void lastResort(String chain, boolean active) {
        var line = active ? fleet.atWarn() : fleet.atInfo();
        line.addKeyValue("chain", chain)
                .log(
                        active
                                ? "calls of {} go to the leader: no other node can serve"
                                : "calls of {} go to its own nodes again",
                        chain);
    }

    @Override
    public void verdict(NodeId node, Verdict before, Verdict after) {
        var line = after.ready() || !after.judged() ? fleet.atInfo() : fleet.atWarn();
        line.addKeyValue("node", node)
                .addKeyValue("before", before.word())
                .addKeyValue("after", after.word())
                .log("{}: {} → {}, {}", node, before.word(), after.word(), OneLine.whole(after.evidence()));
    }

    @Override
    public void reference(String chain, Reference before, Reference after) {
        var line =
                after instanceof Reference.Leader || before instanceof Reference.None ? fleet.atInfo() : fleet.atWarn();
        line.addKeyValue("chain", chain).log("{} is measured against {}", chain, after.describe());
    }

    @Override
    public void pending(NodeId node, long behind) {
        fleet.atLevel(behind == 0 ? Level.INFO : Level.WARN)
                .addKeyValue("chain", node.chain())
                .addKeyValue("node", node.name())
                .log("{}: {}", node, PendingLag.text(behind));
    }

    @Override
    public void sharedId(String chain, long id, String others) {
        fleet.atWarn()
                .addKeyValue("chain", chain)
                .log(
                        "{} has the chain id {}, and so has {}: the path /{} leads to none of them, use their names",
                        chain,
                        id,
                        others,
                        id);
    }

    @Override
    public void stalled(String chain, @Nullable Instant since) {
        if (since == null) {
            fleet.atInfo().addKeyValue("chain", chain).log("{} moves again", chain);
            return;
        }
        fleet.atError()
                .addKeyValue("chain", chain)
                .addKeyValue("since", since)
                .log("{} has stood still at every node since {}; its nodes keep serving", chain, since);
    }

    @Override
    public void order(String who, String what) {
        orders.atInfo().addKeyValue("who", who).log("{}", what);
    }

    @Override
    public void httpAnswered(int status) {}

    @Override
    public void connections(int change) {}

    @Override
    public void batch(int size) {}
}
