package dev.fairlead.core.telemetry;

import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.jwt.TokenFault;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.telemetry.CodeLabels.Pair;
import dev.fairlead.core.transaction.TransactionFault.Rule;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Counts what happens, for Prometheus. Labels are bounded: methods outside the method table are `other`,
/// unknown codes stand for their range ([CodeLabels]), each family stops making new series at a limit
/// ([Series]), and what is removed takes its series along. What the Fleet says is shown by [FleetMetrics], and
/// what calls do at nodes now by [TrafficMetrics].
public final class Metrics implements Events {
    private static final double[] LATENCY_BOUNDS = {
        0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
    };
    private static final double NANOS = 1e-9;
    private static final int MOST_TENANTS = 1000;

    private final Counter callCount;
    private final Histogram callTimes;
    private final Series<CallLabels, Points> calls;
    private final Counter tenantCount;
    private final Series<TenantLabels, CounterDataPoint> tenantCalls;
    private final Counter attemptCount;
    private final Histogram attemptTimes;
    private final Series<AttemptLabels, Points> attempts;
    private final Counter httpAnswers;
    private final Gauge connections;
    private final Counter turnedAway;
    private final Gauge alive;
    private final Counter errors;
    private final Histogram batches;
    private final Counter ejections;
    private final Counter limitedCount;
    private final Series<LimitLabels, CounterDataPoint> limited;
    private final Counter refusedCount;
    private final Series<RefusalLabels, CounterDataPoint> refused;
    private final Counter refusedTransactions;
    private final Histogram webhooks;
    private final Counter unchecked;
    private final Counter tokens;
    private final Counter sparings;
    private final Gauge panic;
    private final Gauge lastResort;
    private final Counter flips;
    private final Counter orders;
    private final CodeLabels codes = new CodeLabels();
    private volatile @Nullable LabelNames declared;
    private volatile Set<String> tenants = Set.of();

    public Metrics(PrometheusRegistry registry) {
        callCount = Counter.builder()
                .withoutExemplars()
                .name("fairlead_calls_total")
                .help("Calls answered, batch elements one by one. code is the JSON-RPC error code, 0 for a result.")
                .labelNames("chain", "method", "outcome", "node", "code", "status")
                .register(registry);
        callTimes = Histogram.builder()
                .withoutExemplars()
                .name("fairlead_call_duration_seconds")
                .help("Time from a call's first byte to its answer.")
                .labelNames("chain", "method")
                .classicOnly()
                .classicUpperBounds(LATENCY_BOUNDS)
                .register(registry);
        calls = new Series<>(
                labels -> new Points(
                        callCount.labelValues(labels.values()), callTimes.labelValues(labels.chain(), labels.method())),
                CallLabels.OTHER,
                labels -> isDeclared(labels.chain(), labels.node()));
        tenantCount = Counter.builder()
                .withoutExemplars()
                .name("fairlead_tenant_calls_total")
                .help("Calls answered of callers with a key, batch elements one by one.")
                .labelNames("tenant", "chain", "outcome")
                .register(registry);
        tenantCalls = new Series<>(
                labels -> tenantCount.labelValues(labels.values()),
                TenantLabels.OTHER,
                labels -> hasSeries(labels.tenant()) && isDeclared(labels.chain(), null));
        attemptCount = Counter.builder()
                .withoutExemplars()
                .name("fairlead_attempts_total")
                .help("Attempts at nodes. code is the node's own JSON-RPC error code, 0 for a result.")
                .labelNames("chain", "node", "method", "outcome", "reason", "status", "code")
                .register(registry);
        attemptTimes = Histogram.builder()
                .withoutExemplars()
                .name("fairlead_attempt_duration_seconds")
                .help("Time that one attempt at a node took, whatever its outcome.")
                .labelNames("chain", "node")
                .classicOnly()
                .classicUpperBounds(LATENCY_BOUNDS)
                .register(registry);
        attempts = new Series<>(
                labels -> new Points(
                        attemptCount.labelValues(labels.values()),
                        attemptTimes.labelValues(
                                labels.node().chain(), labels.node().name())),
                AttemptLabels.OTHER,
                labels -> isDeclared(labels.node()));
        httpAnswers = Counter.builder()
                .withoutExemplars()
                .name("fairlead_http_answers_total")
                .help("HTTP answers that carried no call: health checks, bad paths, bodies refused.")
                .labelNames("status")
                .register(registry);
        connections = Gauge.builder()
                .withoutExemplars()
                .name("fairlead_client_connections")
                .help("Client connections open now.")
                .register(registry);
        turnedAway = Counter.builder()
                .withoutExemplars()
                .name("fairlead_client_connections_refused_total")
                .help("Client connections that were not served: over the limit, or no file descriptor left.")
                .labelNames("reason")
                .register(registry);
        alive = Gauge.builder()
                .withoutExemplars()
                .name("fairlead_event_loops_alive")
                .help("0 when an event loop has ended or is stuck; /healthz is 503 then.")
                .register(registry);
        alive.set(1);
        errors = Counter.builder()
                .withoutExemplars()
                .name("fairlead_errors_total")
                .help("Faults of the gateway's own, bugs and errors of the JVM, by the part that met them.")
                .labelNames("part")
                .register(registry);
        for (Part part : Part.values()) errors.initLabelValues(part.word());
        batches = Histogram.builder()
                .withoutExemplars()
                .name("fairlead_batch_size")
                .help("Calls in one batch.")
                .classicOnly()
                .classicUpperBounds(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
                .register(registry);
        ejections = Counter.builder()
                .withoutExemplars()
                .name("fairlead_node_ejections_total")
                .help("How often the gateway began to spare the node after failures.")
                .labelNames("chain", "node")
                .register(registry);
        limitedCount = Counter.builder()
                .withoutExemplars()
                .name("fairlead_limited_calls_total")
                .help(
                        "Calls refused because their caller had no credits left, or their query for logs asked too much. limit is where it is declared.")
                .labelNames("limit", "tenant")
                .register(registry);
        limited = new Series<>(
                labels -> limitedCount.labelValues(labels.limit(), labels.tenant()),
                LimitLabels.OTHER,
                labels -> hasSeries(labels.tenant()));
        refusedCount = Counter.builder()
                .withoutExemplars()
                .name("fairlead_refused_calls_total")
                .help(
                        "Calls that the gateway refused or could not get answered, batch elements one by one. refusal is as in the table "
                                + "of the operations page.")
                .labelNames("refusal", "tenant")
                .register(registry);
        refused = new Series<>(
                labels -> refusedCount.labelValues(labels.refusal(), labels.tenant()),
                RefusalLabels.OTHER,
                labels -> hasSeries(labels.tenant()));
        refusedTransactions = Counter.builder()
                .withoutExemplars()
                .name("fairlead_refused_transactions_total")
                .help("Transactions that were not let through to a node, by the rule that they do not keep.")
                .labelNames("chain", "rule")
                .register(registry);
        webhooks = Histogram.builder()
                .withoutExemplars()
                .name("fairlead_webhook_duration_seconds")
                .help("How long webhooks took to answer whether a transaction may go to a node.")
                .classicOnly()
                .classicUpperBounds(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5)
                .labelNames("outcome")
                .register(registry);
        unchecked = Counter.builder()
                .withoutExemplars()
                .name("fairlead_unchecked_submissions_total")
                .help(
                        "Submissions on which their webhook gave no verdict, and whether they were sent, refused or dropped.")
                .labelNames("chain", "outcome")
                .register(registry);
        tokens = Counter.builder()
                .withoutExemplars()
                .name("fairlead_tokens_refused_total")
                .help("JSON Web Tokens that were refused, by the reason, which callers are not told.")
                .labelNames("reason")
                .register(registry);
        for (TokenFault why : TokenFault.values()) tokens.initLabelValues(why.word());
        sparings = Counter.builder()
                .withoutExemplars()
                .name("fairlead_node_service_sparings_total")
                .help("How often the gateway began to spare the node calls for one service, which others answered.")
                .labelNames("chain", "node", "service")
                .register(registry);
        flips = Counter.builder()
                .withoutExemplars()
                .name("fairlead_node_verdict_changes_total")
                .help("How often a node's verdict changed, by the new verdict.")
                .labelNames("chain", "node", "verdict")
                .register(registry);
        panic = Gauge.builder()
                .withoutExemplars()
                .name("fairlead_group_panic")
                .help("1 while no node of the group is fit to serve and the least bad is used.")
                .labelNames("chain", "group")
                .register(registry);
        lastResort = Gauge.builder()
                .withoutExemplars()
                .name("fairlead_chain_last_resort")
                .help("1 while calls go to the chain's leader because no other node can serve.")
                .labelNames("chain")
                .register(registry);
        orders = Counter.builder()
                .withoutExemplars()
                .name("fairlead_orders_total")
                .help("Orders of operators that were carried out.")
                .register(registry);
    }

    /// From now on, what is no longer declared loses its series, and late events about it make no new ones.
    public void declare(Declared now) {
        LabelNames before = declared;
        LabelNames after = LabelNames.of(now);
        declared = after;
        calls.prune((labels, _) -> callCount.remove(labels.values()));
        pruneTenants();
        attempts.prune((labels, _) -> attemptCount.remove(labels.values()));
        if (before != null) forget(before.without(after));
    }

    /// Whether a tenant has series of its own, in every metric with such a label; the others count as `other`
    /// together.
    public boolean hasSeries(String tenant) {
        return tenant.equals(Tenant.PUBLIC.name()) || tenants.contains(tenant);
    }

    /// From now on only these tenants have series of their own, and of more than a thousand the first ones.
    public void declareTenants(Collection<String> names) {
        tenants = names.stream().sorted().limit(MOST_TENANTS).collect(Collectors.toUnmodifiableSet());
        pruneTenants();
    }

    private void pruneTenants() {
        limited.prune((labels, _) -> limitedCount.remove(labels.limit(), labels.tenant()));
        tenantCalls.prune((labels, _) -> tenantCount.remove(labels.values()));
        refused.prune((labels, _) -> refusedCount.remove(labels.refusal(), labels.tenant()));
    }

    private void forget(LabelNames gone) {
        for (NodeId node : gone.nodes()) {
            codes.forget(node);
            attemptTimes.remove(node.chain(), node.name());
            ejections.remove(node.chain(), node.name());
            for (Service service : Service.values()) sparings.remove(node.chain(), node.name(), service.word());
            for (String verdict : Verdict.WORDS) flips.remove(node.chain(), node.name(), verdict);
        }
        for (String chain : gone.chains()) {
            for (String method : MethodTable.labels()) callTimes.remove(chain, method);
            lastResort.remove(chain);
            for (Rule rule : Rule.values()) refusedTransactions.remove(chain, rule.word());
        }
        for (LabelNames.GroupName group : gone.groups()) panic.remove(group.chain(), group.name());
    }

    private boolean isDeclared(NodeId node) {
        LabelNames now = declared;
        return now == null || now.nodes().contains(node);
    }

    /// @param chain empty for calls of none
    private boolean isDeclared(String chain, @Nullable NodeId node) {
        LabelNames now = declared;
        return now == null || ((chain.isEmpty() || now.chains().contains(chain)) && (node == null || isDeclared(node)));
    }

    @Override
    public void callEnded(CallEnded call) {
        String method = MethodTable.label(call.method());
        NodeId node = call.node();
        Pair said = codes.of(node, call.code(), call.status());
        calls.of(new CallLabels(call.chain(), method, call.outcome(), node, said))
                .add(call.nanos());
        if (call.refusal() != null)
            refused.of(new RefusalLabels(call.refusal(), call.tenant())).inc();
        if (call.key() == null) return;
        tenantCalls
                .of(new TenantLabels(call.tenant(), call.chain(), call.outcome()))
                .inc();
    }

    @Override
    public void attemptEnded(AttemptEnded attempt) {
        String method = MethodTable.label(attempt.method());
        NodeId node = attempt.node();
        Pair said = codes.of(node, attempt.code(), attempt.status());
        attempts.of(new AttemptLabels(node, method, attempt.outcome(), attempt.reason(), said))
                .add(attempt.nanos());
    }

    @Override
    public void httpAnswered(int status) {
        httpAnswers.labelValues(Integer.toString(status)).inc();
    }

    @Override
    public void connections(int change) {
        connections.inc(change);
    }

    @Override
    public void turnedAway(TurnedAway why, String detail) {
        turnedAway.labelValues(why.word()).inc();
    }

    @Override
    public void eventLoops(@Nullable String fault, String detail) {
        alive.set(fault == null ? 1 : 0);
    }

    @Override
    public void fault(Part part, String doing, Throwable fault) {
        errors.labelValues(part.word()).inc();
    }

    @Override
    public void batch(int size) {
        batches.observe(size);
    }

    @Override
    public void ejected(NodeId node, String cause, Duration until) {
        if (!isDeclared(node)) return;
        ejections.labelValues(node.chain(), node.name()).inc();
    }

    @Override
    public void tokenRefused(TokenFault why, String client, Supplier<String> whose) {
        tokens.labelValues(why.word()).inc();
    }

    @Override
    public void tokenKeys(String tenants, String url, boolean isFault, String what) {}

    @Override
    public void limited(String limit, String tenant) {
        limited.of(new LimitLabels(limit, tenant)).inc();
    }

    @Override
    public void spending(String chain, @Nullable String node, int percent, long daily) {}

    @Override
    public void closed(String chain, String tenant, String method, String because) {}

    @Override
    public void transactionRefused(String chain, String rule) {
        if (!isDeclared(chain, null)) return;
        refusedTransactions.labelValues(chain, rule).inc();
    }

    @Override
    public void webhookAnswered(String outcome, long nanos) {
        webhooks.labelValues(outcome).observe(nanos / 1e9);
    }

    @Override
    public void unchecked(Unchecked submission) {
        if (!isDeclared(submission.chain(), null)) return;
        unchecked.labelValues(submission.chain(), submission.then().word()).inc();
    }

    @Override
    public void quota(String tenant, int percent, long quota) {}

    @Override
    public void redis(boolean isReached, String reason) {}

    @Override
    public void spared(NodeId node, Service service, String cause) {
        if (!isDeclared(node)) return;
        sparings.labelValues(node.chain(), node.name(), service.word()).inc();
    }

    @Override
    public void plansSpent(String chain, String group, boolean active) {}

    @Override
    public void panic(String chain, String group, boolean active) {
        if (!isDeclared(chain, null)) return;
        panic.labelValues(chain, group).set(active ? 1 : 0);
    }

    @Override
    public void lastResort(String chain, boolean active) {
        if (!isDeclared(chain, null)) return;
        lastResort.labelValues(chain).set(active ? 1 : 0);
    }

    @Override
    public void verdict(NodeId node, Verdict before, Verdict after) {
        if (!isDeclared(node)) return;
        flips.labelValues(node.chain(), node.name(), after.word()).inc();
    }

    @Override
    public void order(String who, String what) {
        orders.inc();
    }

    /// The counter and the histogram of one kind of event.
    private record Points(CounterDataPoint count, DistributionDataPoint times) {
        void add(long nanos) {
            count.inc();
            times.observe(nanos * NANOS);
        }
    }

    private record CallLabels(
            String chain,
            String method,
            Ending outcome,
            @Nullable NodeId node,
            Pair said) {
        static final CallLabels OTHER = new CallLabels("other", "other", Ending.FAILED, null, Pair.UNKNOWN);

        String[] values() {
            return new String[] {
                chain, method, outcome.word(), node == null ? "" : node.name(), said.codeLabel(), said.statusLabel()
            };
        }
    }

    private record LimitLabels(String limit, String tenant) {
        static final LimitLabels OTHER = new LimitLabels("other", "other");
    }

    private record RefusalLabels(String refusal, String tenant) {
        static final RefusalLabels OTHER = new RefusalLabels("other", "other");
    }

    private record TenantLabels(String tenant, String chain, Ending outcome) {
        static final TenantLabels OTHER = new TenantLabels("other", "other", Ending.FAILED);

        String[] values() {
            return new String[] {tenant, chain, outcome.word()};
        }
    }

    private record AttemptLabels(
            NodeId node,
            String method,
            String outcome,
            @Nullable String reason,
            Pair said) {
        static final AttemptLabels OTHER =
                new AttemptLabels(new NodeId("other", "other"), "other", "other", null, Pair.UNKNOWN);

        String[] values() {
            return new String[] {
                node.chain(),
                node.name(),
                method,
                outcome,
                reason == null ? "" : reason,
                said.statusLabel(),
                said.codeLabel()
            };
        }
    }

    @Override
    public void readmitted(NodeId node) {}

    @Override
    public void pending(NodeId node, long behind) {}

    @Override
    public void reference(String chain, Reference before, Reference after) {}

    @Override
    public void sharedId(String chain, long id, String others) {}

    @Override
    public void stalled(String chain, @Nullable Instant since) {}
}
