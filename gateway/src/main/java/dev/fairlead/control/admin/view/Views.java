package dev.fairlead.control.admin.view;

import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.secret.MaskedUrl;
import dev.fairlead.core.telemetry.DataPlaneHealth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What the API shows of one moment. Declarations come from the board of declarations, so that an order shows
/// at once; verdicts come from the Fleet, which follows as soon as the monitor has seen the order.
public record Views(
        Declared declared,
        Fleet fleet,
        DataPlaneHealth dataPlaneTroubles,
        ToIntFunction<NodeId> inFlight,
        Function<NodeId, List<String>> spared,
        ToLongFunction<NodeId> today,
        ToLongFunction<String> sharedToday,
        Predicate<String> isPublic) {
    private static final Verdict NEW = new Verdict.Unknown("not probed yet");
    private static final Reference NOTHING = new Reference.None("not probed yet");

    public List<ChainView> chains() {
        return declared.chains().stream().map(this::chain).toList();
    }

    private ChainView chain(ChainPlan plan) {
        String name = plan.chain().name();
        ChainState state = fleet.chain(name);
        Reference reference = state == null ? NOTHING : state.reference();
        long id = state == null ? plan.chain().declaredId() : state.learnedId();
        return new ChainView(
                name,
                id == 0 ? null : id,
                ReferenceView.of(reference),
                HeadView.of(reference.head()),
                state == null ? null : state.stalled(),
                dataPlaneTroubles.lastResort(name),
                dataPlaneTroubles.panic(name),
                !isPublic.test(name),
                plan.chain().rentedDaily() == 0 ? null : plan.chain().rentedDaily(),
                sharedToday.applyAsLong(name) < 0 ? null : sharedToday.applyAsLong(name),
                counts(plan));
    }

    private ChainView.Counts counts(ChainPlan plan) {
        Map<String, Integer> byVerdict = new LinkedHashMap<>();
        for (String word : Verdict.WORDS) byVerdict.put(word, 0);
        int serving = 0;
        for (Node node : plan.nodes()) {
            Verdict verdict = verdict(fleet.node(node.id()));
            byVerdict.merge(verdict.word(), 1, Integer::sum);
            if (serves(node, verdict)) serving++;
        }
        return new ChainView.Counts(plan.nodes().size(), serving, byVerdict);
    }

    /// @param chain null for all chains
    public List<NodeView> nodes(@Nullable String chain) {
        return declared.chains().stream()
                .filter(plan -> chain == null || plan.chain().name().equals(chain))
                .flatMap(plan -> plan.nodes().stream())
                .map(node -> node(node, List.of()))
                .toList();
    }

    public Optional<NodeView> node(String chain, String name) {
        return nodes(chain).stream().filter(view -> view.name().equals(name)).findFirst();
    }

    public NodeView node(Node node, List<String> remarks) {
        NodeState state = fleet.node(node.id());
        Verdict verdict = verdict(state);
        Endpoint endpoint = node.endpoint();
        int calls = inFlight.applyAsInt(node.id());
        return new NodeView(
                node.id().chain(),
                node.id().name(),
                word(node.role()),
                isLeader(node),
                measures(node),
                endpoint.masked(),
                endpoint.ws() == null ? null : MaskedUrl.url(endpoint.ws()),
                List.copyOf(new TreeSet<>(endpoint.headers().keySet())),
                endpoint.auth() != null,
                endpoint.tls() != null,
                new TreeMap<>(node.labels()),
                node.weight(),
                node.capacity(),
                SpendingView.of(node.plan(), today.applyAsLong(node.id())),
                word(node.mode()),
                word(node.origin()),
                verdict.word(),
                state == null ? verdict.evidence() : state.evidence(),
                serves(node, verdict),
                dataPlaneTroubles.ejected(node.id()).orElse(null),
                spared.apply(node.id()),
                calls < 0 ? null : calls,
                HeadView.of(state == null ? null : state.head()),
                LagView.of(state == null ? null : lag(state)),
                state == null ? null : state.since(),
                state == null ? null : state.client(),
                state == null || state.peers() < 0 ? null : state.peers(),
                state == null || state.latencyMillis() < 0 ? null : Math.round(state.latencyMillis() * 1000) / 1000.0,
                remarks);
    }

    /// While there is nothing to measure against, the last known lag of a node that is out of reach says
    /// nothing.
    private @Nullable Lag lag(NodeState state) {
        if (state.verdict().spent()) return null; // what it showed last grows old
        ChainState chain = fleet.chain(state.id().chain());
        boolean measured = chain != null && !(chain.reference() instanceof Reference.None);
        return measured || state.verdict().ready() ? state.lag() : null;
    }

    private boolean isLeader(Node node) {
        return declared.chains().stream()
                .anyMatch(plan -> plan.chain().name().equals(node.id().chain())
                        && plan.chain().isLeader(node.id()));
    }

    private boolean measures(Node node) {
        ChainState state = fleet.chain(node.id().chain());
        return state != null
                && state.reference() instanceof Reference.Leader(var leader, var _)
                && leader.equals(node.id());
    }

    private static boolean serves(Node node, Verdict verdict) {
        return verdict.ready() && node.mode() == Node.Mode.SERVING;
    }

    private static Verdict verdict(@Nullable NodeState state) {
        return state == null ? NEW : state.verdict();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
