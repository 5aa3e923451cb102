package dev.fairlead.control.operate;

import dev.fairlead.control.operate.Decision.Accepted;
import dev.fairlead.control.operate.Decision.Verb;
import dev.fairlead.control.operate.OrderResult.Cause;
import dev.fairlead.control.operate.OrderResult.Done;
import dev.fairlead.control.operate.OrderResult.Rejected;
import dev.fairlead.control.store.AuditLine;
import dev.fairlead.control.store.Store;
import dev.fairlead.control.store.StoreChange;
import dev.fairlead.control.store.StoreChange.NodeKept;
import dev.fairlead.control.store.StoreFailure;
import dev.fairlead.control.store.StoredDeclarations;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jwt.KeySetUrl;
import dev.fairlead.core.jwt.RemoteKeySet;
import dev.fairlead.core.jwt.TokenKey;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ChainAccess;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.url.NodeTls;
import dev.fairlead.core.url.OwnAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The only writer of what is declared. An order is decided, stored with its audit line, published, and then
/// acknowledged; orders are carried out one after the other.
public final class Operator {
    private static final int TRIES = 10;
    private static final int LONGEST_WHY = 500;
    private static final int LONGEST_DETAILS = 10_000;

    private final Store store;
    private final Events events;
    private final InstantSource clock;
    private final BooleanSupplier linkLocal;
    private final Supplier<List<OwnAddress>> own;
    private final Board<Declared> board = new Board<>(Declared.NOTHING);
    private final ReentrantLock turn = new ReentrantLock();

    private final Board<AccessPolicy> policies = new Board<>(AccessPolicy.EMPTY);

    private final Board<MergedTenants> tenants = new Board<>(MergedTenants.NOTHING);

    /// Keys of tokens that were fetched, by where they come from.
    private final Map<KeySetUrl, List<TokenKey>> tokenKeys = new HashMap<>();

    private FileDeclarations file = FileDeclarations.NOTHING;
    private StoredDeclarations stored = StoredDeclarations.UNREAD;
    private @Nullable DeclaredAccess declaredAccess;
    private MergedDeclarations merged = MergedDeclarations.NOTHING;

    public Operator(Store store, Events events, InstantSource clock) {
        this(store, events, clock, () -> false, List::of);
    }

    /// @param linkLocal whether nodes may live at link-local addresses, now
    /// @param own where this gateway itself listens, now
    public Operator(
            Store store,
            Events events,
            InstantSource clock,
            BooleanSupplier linkLocal,
            Supplier<List<OwnAddress>> own) {
        this.linkLocal = linkLocal;
        this.own = own;
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /// The board with the declarations. Empty until the first [#declareFile].
    public Board<Declared> board() {
        return board;
    }

    /// Where it hangs who may call what.
    public Board<AccessPolicy> policies() {
        return policies;
    }

    /// Where the tenants and their keys hang.
    public Board<MergedTenants> tenants() {
        return tenants;
    }

    /// Called at the start: joins what the file declares with what is in the store.
    ///
    /// @return where the file and earlier orders speak of the same node, line by line
    /// @throws StoreFailure when the store cannot be read
    public List<String> declareFile(FileDeclarations declared) {
        turn.lock();
        try {
            refreshInTurn();
            return adopt(declared);
        } finally {
            turn.unlock();
        }
    }

    /// The same for a reload that `who` ordered, with a line in the audit trail.
    ///
    /// @param changes what the whole configuration changed, line by line, without secrets
    /// @throws StoreFailure when the store cannot be read or written; nothing is changed then
    public List<String> reload(String who, FileDeclarations declared, List<String> changes) {
        turn.lock();
        try {
            refreshInTurn();
            String details =
                    changes.isEmpty() ? "nothing changed" : shortened(String.join("; ", changes), LONGEST_DETAILS);
            store.note(new AuditLine(0, clock.instant(), who, "reload", null, null, details));
            AccessPolicy before = policies.now();
            var remarks = new ArrayList<>(adopt(declared));
            events.order(who, "reloaded: " + details);
            List<String> opened = OpenedChains.between(before, policies.now(), chainNames());
            opened.forEach(line -> events.order(who, "reloaded: " + line));
            remarks.addAll(opened);
            return remarks;
        } finally {
            turn.unlock();
        }
    }

    /// Chains that a reload of this file would open to calls without a key because its last tenant is gone, without a
    /// word in it that they are public.
    public List<String> wouldOpen(FileDeclarations declared) {
        turn.lock();
        try {
            MergedDeclarations next = MergedDeclarations.of(declared, stored);
            List<ChainAccess> access =
                    next.chains().stream().map(ChainPlan::access).toList();
            AccessPolicy after = AccessPolicy.of(next.tenants().plan(), access, declared.onlyLoopback());
            return OpenedChains.unsaid(policies.now(), after, declared);
        } finally {
            turn.unlock();
        }
    }

    private List<String> chainNames() {
        return merged.chains().stream().map(plan -> plan.chain().name()).toList();
    }

    private List<String> adopt(FileDeclarations declared) {
        file = declared;
        publish();
        return merged.remarks();
    }

    public OrderResult add(String who, NodeOrder order) {
        Instant at = clock.instant();
        return order(who, () -> orders().add(order, at));
    }

    /// What `order` does not say stays as it is.
    public OrderResult update(String who, NodeId id, NodeOrder order) {
        return order(who, () -> orders().update(id, order));
    }

    public OrderResult remove(String who, NodeId id) {
        return order(who, () -> orders().remove(id));
    }

    /// @param why for the audit trail; may be empty
    public OrderResult cordon(String who, NodeId id, String why) {
        return order(who, () -> orders().mode(Verb.CORDON, id, Node.Mode.CORDONED, shortened(why, LONGEST_WHY)));
    }

    public OrderResult uncordon(String who, NodeId id, String why) {
        return order(who, () -> orders().mode(Verb.UNCORDON, id, Node.Mode.SERVING, shortened(why, LONGEST_WHY)));
    }

    public OrderResult drain(String who, NodeId id, String why) {
        return order(who, () -> orders().mode(Verb.DRAIN, id, Node.Mode.DRAINING, shortened(why, LONGEST_WHY)));
    }

    public OrderResult addTenant(String who, String name, TenantOrder order) {
        Instant at = now();
        return order(who, () -> tenantOrders(who).add(name, order, at));
    }

    /// What `order` does not say stays as it is.
    public OrderResult updateTenant(String who, String name, TenantOrder order) {
        Instant at = now();
        return order(who, () -> tenantOrders(who).update(name, order, at));
    }

    /// @param force whether its keys go with it
    public OrderResult removeTenant(String who, String name, boolean force) {
        return order(who, () -> tenantOrders(who).remove(name, force));
    }

    /// The answer holds the key itself, if it was not brought along.
    public OrderResult addKey(String who, KeyOrder order) {
        Instant at = now();
        String random = RandomKey.next();
        return order(who, () -> keyOrders().add(order, random, at));
    }

    /// @param overlap how long the old key is valid beside the new one
    public OrderResult rotateKey(String who, KeyOrder order, Duration overlap) {
        Instant at = now();
        String random = RandomKey.next();
        return order(who, () -> keyOrders().rotate(order, overlap, random, at));
    }

    /// @param prefix which of the keys of that alias, or null for all
    public OrderResult revokeKey(String who, String tenant, String alias, @Nullable String prefix) {
        return order(who, () -> keyOrders().revoke(tenant, alias, prefix));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Orders orders() {
        return new Orders(file.chains(), stored, merged, linkLocal.getAsBoolean(), own.get());
    }

    private TenantOrders tenantOrders(String who) {
        return new TenantOrders(file, stored, merged, who);
    }

    private KeyOrders keyOrders() {
        return new KeyOrders(stored, merged);
    }

    /// Adopts orders that another gateway with the same store was given meanwhile.
    ///
    /// @throws StoreFailure when the store cannot be read
    public void refresh() {
        turn.lock();
        try {
            if (refreshInTurn()) publish();
        } finally {
            turn.unlock();
        }
    }

    private boolean refreshInTurn() {
        if (store.revision() == stored.revision()) return false;
        stored = store.stored();
        merged = MergedDeclarations.of(file, stored);
        return true;
    }

    private OrderResult order(String who, Supplier<Decision> decide) {
        turn.lock();
        try {
            for (int tries = 0; tries < TRIES; tries++) {
                if (refreshInTurn()) publish();
                switch (decide.get()) {
                    case Rejected rejected -> {
                        return rejected;
                    }
                    case Accepted accepted -> {
                        Optional<Rejected> fault = filesFault(accepted);
                        if (fault.isPresent()) return fault.get();
                        if (carriedOut(who, accepted)) return new Done(accepted.subject(), accepted.remarks());
                    }
                }
            }
            return new Rejected(Cause.STORE, "another gateway keeps changing the store", "order again");
        } catch (StoreFailure failure) {
            return new Rejected(Cause.STORE, String.valueOf(failure.getMessage()), "nothing was changed");
        } finally {
            turn.unlock();
        }
    }

    /// @return false when another gateway with the same store was quicker
    private boolean carriedOut(String who, Accepted accepted) {
        if (accepted.changes().isEmpty()) return true;
        AuditLine line = AuditText.line(clock.instant(), who, accepted);
        if (!store.commit(stored, accepted.changes(), line)) return false;
        stored = stored.after(accepted.changes());
        publish();
        String details = accepted.details().isEmpty() ? "" : " (" + accepted.details() + ")";
        events.order(who, accepted.verb().past() + " " + AuditText.name(accepted.subject()) + details);
        return true;
    }

    private void publish() {
        merged = MergedDeclarations.of(file, stored);
        tenants.publish(merged.tenants());
        publishAccess();
        Declared now = board.now();
        if (now.version() > 0 && now.chains().equals(merged.chains())) return;
        board.publish(new Declared(now.version() + 1, merged.chains()));
    }

    /// A policy is replaced only by another one, so that orders about nodes make nobody look keys up again.
    private void publishAccess() {
        List<ChainAccess> access =
                merged.chains().stream().map(ChainPlan::access).toList();
        var next = new DeclaredAccess(withFetched(merged.tenants().plan()), access, file.onlyLoopback());
        if (next.equals(declaredAccess)) return;
        declaredAccess = next;
        policies.publish(AccessPolicy.of(next.plan(), next.chains(), next.onlyLoopback()));
    }

    /// From now on these keys check tokens of tenants whose set of keys comes from there.
    public void fetched(KeySetUrl from, List<TokenKey> keys) {
        turn.lock();
        try {
            tokenKeys.put(from, List.copyOf(keys));
            publishAccess();
        } finally {
            turn.unlock();
        }
    }

    /// The plan with the keys that were fetched, which are forgotten together with the tenants that need them.
    private PolicyPlan withFetched(PolicyPlan plan) {
        Set<KeySetUrl> needed = plan.tenants().stream()
                .map(tenant -> tenant.tokens().remote())
                .filter(Objects::nonNull)
                .map(RemoteKeySet::from)
                .collect(Collectors.toSet());
        tokenKeys.keySet().retainAll(needed);
        if (tokenKeys.isEmpty()) return plan;
        return new PolicyPlan(
                plan.general(),
                plan.routes(),
                plan.limits(),
                plan.tenants().stream()
                        .map(tenant -> tenant.with(tenant.tokens().with(tokenKeys)))
                        .toList(),
                plan.keys());
    }

    /// All that the access policy is made of.
    private record DeclaredAccess(PolicyPlan plan, List<ChainAccess> chains, boolean onlyLoopback) {}

    private static Optional<Rejected> filesFault(Accepted accepted) {
        for (StoreChange change : accepted.changes()) {
            if (!(change instanceof NodeKept(var added))) continue;
            Tls tls = added.node().endpoint().tls();
            Optional<Path> missing = tls == null ? Optional.empty() : NodeTls.unreadable(tls);
            if (missing.isPresent()) {
                return Optional.of(new Rejected(
                        Cause.INVALID,
                        "tls: expected a file that the gateway may read, found none at " + missing.get(),
                        "put it there, or name the right one"));
            }
        }
        return Optional.empty();
    }

    private static String shortened(String text, int longest) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= longest ? line : line.substring(0, longest) + "…";
    }
}
