package dev.fairlead.data.transaction;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.logs.LogCaps;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.CallerPolicy;
import dev.fairlead.core.policy.ChainAccess;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.Limit.Exempt;
import dev.fairlead.core.policy.Limit.Per;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.telemetry.Events.Unchecked;
import dev.fairlead.core.transaction.TransactionPolicy;
import dev.fairlead.core.transaction.Webhook;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.CallWorkers;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.limit.CallLimits;
import dev.fairlead.data.limit.DailyUse;
import dev.fairlead.data.limit.LimitGate;
import dev.fairlead.data.limit.SenderLimits;
import dev.fairlead.data.server.Gateway;
import dev.fairlead.support.Await;
import dev.fairlead.support.QuietEvents;
import io.netty.channel.DefaultEventLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The gate behind that of other limits, over real workers and a real client of webhooks; what passes it is
/// kept instead of being put to nodes.
final class CheckedCalls implements AutoCloseable {
    static final String PASSED = "passed";
    private static final long CHAIN_ID = 1337;

    final List<String> refused = new CopyOnWriteArrayList<>();
    /// As the log tells of them.
    final List<String> told = new CopyOnWriteArrayList<>();
    /// In one word each, as webhooks gave them.
    final List<String> answers = new CopyOnWriteArrayList<>();
    /// Those that gave none, and why.
    final List<String> webhooks = new CopyOnWriteArrayList<>();
    final List<Unchecked> unchecked = new CopyOnWriteArrayList<>();
    final CallWorkers workers = new CallWorkers(2, Faults.TO_LOG);
    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final WebhookClient client;
    private final TransactionGate gate;
    private final LimitGate before;
    private final DailyUse days;
    Duration time = Duration.ofSeconds(20);
    String address = "127.0.0.1";
    String tenant = "public";

    @Nullable
    ApiKey key;

    @Nullable
    String agent;

    CheckedCalls(TransactionPolicy transactions, Limit... limits) {
        var events = new QuietEvents() {
            @Override
            public void transactionRefused(String chain, String rule) {
                refused.add(rule);
            }

            @Override
            public void closed(String chain, String tenant, String method, String because) {
                told.add(chain + " " + tenant + " " + method + ": " + because);
            }

            @Override
            public void webhookAnswered(String outcome, long nanos) {
                answers.add(outcome);
            }

            @Override
            public void unchecked(Unchecked submission) {
                unchecked.add(submission);
                webhooks.add(submission.url() + " " + submission.cause());
            }
        };
        var said = new CallerPolicy(MethodPolicy.NONE, true, LogCaps.NONE, ErrorPolicy.NONE, transactions);
        var plan = new PolicyPlan(
                new GeneralPolicy(said, List.of(), Credits.ONE_EACH), List.of(), List.of(limits), List.of(), List.of());
        var chains = List.of(new ChainAccess("mainnet", CallerPolicy.NONE, Map.of()));
        client = new WebhookClient(events);
        var fleet = new Fleet(1, Map.of("mainnet", Gateway.chain("mainnet", CHAIN_ID)));
        var policy = new Board<>(AccessPolicy.of(plan, chains, false));
        days = new DailyUse(InstantSource.system(), events);
        var counted = new CallLimits();
        before = new LimitGate(policy, counted, days, events);
        gate = new TransactionGate(
                policy,
                new Board<>(fleet),
                new TransactionChecks(
                        new SenderLimits(counted, days, events),
                        workers,
                        client,
                        new RefusedTransactions(
                                events, key -> key.equals("policy.transactions.webhook") ? "fairlead.toml:9" : ""),
                        events));
    }

    static TransactionPolicy asking(Webhook webhook) {
        return new TransactionPolicy(null, null, null, null, null, List.of(), List.of(), webhook);
    }

    static Limit perSender(int credits, Exempt exempt) {
        Duration day = Duration.ofDays(1);
        return new Limit("limits[0]", List.of(Per.SENDER), credits, day, credits, true, List.of(), null, null, exempt);
    }

    /// What became of it: [#PASSED], or the refusal with its text.
    String send(String method, String params) {
        return await(start(method, params));
    }

    Started start(String method, String params) {
        long now = System.nanoTime();
        var peer = new Peer(address, 1);
        var caller = new Client(new Tenant(tenant), key, address, peer, null, agent, ErrorPolicy.NONE, null);
        var call = new Call(1, "mainnet", Request.of(method, params), caller, loop, now, now + time.toNanos());
        var started = new Started(call, new CopyOnWriteArrayList<>());
        loop.execute(() -> before.take(
                call,
                (limited, back) -> gate.take(limited, (_, _) -> started.ends().add(PASSED), back),
                answer -> started.ends().add(text(answer))));
        return started;
    }

    /// What all calls with a key took of their tenants' days.
    long takenOfDays() {
        return days.uses().stream().mapToLong(DayUse::credits).sum();
    }

    static String await(Started started) {
        Await.until("it is over", () -> !started.ends().isEmpty());
        return String.join(", ", new ArrayList<>(started.ends()));
    }

    /// @param ends what the gate did, which is one thing
    record Started(Call call, List<String> ends) {}

    private static String text(Answer answer) {
        return answer instanceof Refused(var why, var detail, var _, var retry)
                ? why + (retry.isZero() ? "" : " later") + ": " + detail
                : answer.toString();
    }

    void abandon(Started started) {
        loop.submit(() -> started.call().abandon()).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }

    /// Waits for all that the event loop has to do now.
    void settle() {
        loop.submit(() -> {}).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        client.close();
        workers.close();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
}
