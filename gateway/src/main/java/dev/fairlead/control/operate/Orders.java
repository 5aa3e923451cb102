package dev.fairlead.control.operate;

import dev.fairlead.control.operate.Decision.Accepted;
import dev.fairlead.control.operate.Decision.Verb;
import dev.fairlead.control.operate.NodeReading.Faulty;
import dev.fairlead.control.operate.NodeReading.Sound;
import dev.fairlead.control.operate.OrderResult.Cause;
import dev.fairlead.control.operate.OrderResult.Rejected;
import dev.fairlead.control.store.AddedNode;
import dev.fairlead.control.store.StoreChange;
import dev.fairlead.control.store.StoreChange.ChainForgotten;
import dev.fairlead.control.store.StoreChange.ChainKept;
import dev.fairlead.control.store.StoreChange.ModeSet;
import dev.fairlead.control.store.StoreChange.NodeForgotten;
import dev.fairlead.control.store.StoreChange.NodeKept;
import dev.fairlead.control.store.StoredDeclarations;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.url.DerivedName;
import dev.fairlead.core.url.NameRule;
import dev.fairlead.core.url.OwnAddress;
import dev.fairlead.core.url.UrlIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides orders against one moment of the declarations. No clock, no I/O: the same order on the same declarations is
/// always decided the same.
///
/// @param linkLocal whether nodes may live at link-local addresses
/// @param own where this gateway itself listens
record Orders(
        List<ChainPlan> file,
        StoredDeclarations stored,
        MergedDeclarations merged,
        boolean linkLocal,
        List<OwnAddress> own) {
    private static final int MOST_NODES = 1_000;
    private static final String LIST = "fairlead nodes list shows what there is";

    Decision add(NodeOrder order, Instant at) {
        if (stored.nodes().size() >= MOST_NODES) {
            return conflict("expected at most " + MOST_NODES + " nodes added at run time", "remove some first");
        }
        return switch (OrderedChain.of(order.chain(), merged)) {
            case OrderedChain.None(var reason) -> invalid(reason, "name a chain");
            case OrderedChain.Named(var chain) ->
                switch (NodeReader.read(order, null, linkLocal)) {
                    case Faulty(var faults) -> faulty(faults);
                    case Sound sound -> add(order, chain, sound, at);
                };
        };
    }

    private Decision add(NodeOrder order, String chain, Sound sound, Instant at) {
        Rejected contradiction = contradiction(order, chain);
        if (contradiction != null) return contradiction;
        Optional<NodeId> holder = holder(chain, sound, null);
        if (holder.isPresent()) {
            return conflict("this URL is already declared as " + holder.get(), "update that node, or remove it first");
        }
        String name = order.name() != null
                ? order.name()
                : DerivedName.of(sound.endpoint().http(), taken -> exists(new NodeId(chain, taken)));
        String fault = NameRule.NODE.objection(name);
        if (fault != null) return invalid("name: " + fault, "choose another name");
        var id = new NodeId(chain, name);
        if (exists(id)) return conflict("there is already a node " + id, "choose another name, or update that node");

        var added = new AddedNode(node(id, sound), sound.leader(), at);
        var changes = new ArrayList<StoreChange>(chainChange(order, chain));
        changes.add(new NodeKept(added));
        // An earlier node of this name may have been cordoned by order.
        changes.add(new ModeSet(id, Node.Mode.SERVING));
        return new Accepted(
                Verb.ADD, changes, added.node(), AuditText.whole(added.node(), sound.leader()), remarks(added.node()));
    }

    /// The refusal when this order gives the chain another id than the file or an earlier order did; else
    /// null.
    private @Nullable Rejected contradiction(NodeOrder order, String name) {
        Long said = order.chainId();
        if (said == null) return null;
        if (said < 1) return invalid("chainId: expected a positive number, found " + said, "leave it out to learn it");
        Optional<Chain> chain = merged.chain(name).map(ChainPlan::chain);
        if (chain.isEmpty() || chain.get().declaredId() == said) return null;
        if (chain.get().declaredId() != 0) {
            return conflict(
                    "chainId: chain " + name + " has the id " + chain.get().declaredId() + ", found " + said,
                    "name the chain that the node belongs to");
        }
        if (!fromFile(name)) return null;
        return conflict("chainId: the file declares chain " + name + " without an id", "give the id in the file");
    }

    private List<StoreChange> chainChange(NodeOrder order, String chain) {
        if (fromFile(chain)) return List.of();
        long said = order.chainId() == null ? 0 : order.chainId();
        long before = stored.chains().getOrDefault(chain, 0L);
        return List.of(new ChainKept(chain, said == 0 ? before : said));
    }

    Decision update(NodeId id, NodeOrder order) {
        if (ownedByFile(id)) return filesOwn(id, "update");
        Optional<AddedNode> before = stored.node(id);
        if (before.isEmpty()) return unknown(id);
        if (order.chain() != null && !order.chain().equals(id.chain())) {
            return invalid("chain: a node stays in its chain", "remove it and add it to the other one");
        }
        if (order.name() != null && !order.name().equals(id.name())) {
            return invalid("name: a node keeps its name", "remove it and add it under the other one");
        }
        Rejected contradiction = contradiction(order, id.chain());
        if (contradiction != null) return contradiction;
        return switch (NodeReader.read(order, before.get(), linkLocal)) {
            case Faulty(var faults) -> faulty(faults);
            case Sound sound -> update(before.get(), sound, chainChange(order, id.chain()));
        };
    }

    private Decision update(AddedNode before, Sound sound, List<StoreChange> chain) {
        NodeId id = before.id();
        Optional<NodeId> holder = holder(id.chain(), sound, id);
        if (holder.isPresent()) return conflict("this URL is already declared as " + holder.get(), "remove one first");
        var after = new AddedNode(node(id, sound), sound.leader(), before.addedAt());
        var parts = new ArrayList<>(AuditText.changes(before.node(), after.node()));
        if (before.leader() != after.leader()) parts.add(after.leader() ? "now a leader" : "no leader any more");
        var changes = new ArrayList<>(chain);
        changes.add(new NodeKept(after));
        if (stored.after(changes).equals(stored.after(List.of()))) {
            return new Accepted(Verb.UPDATE, List.of(), current(after.node()), "", List.of("nothing changed"));
        }
        return new Accepted(
                Verb.UPDATE, changes, current(after.node()), String.join(", ", parts), leadsBack(after.node()));
    }

    Decision remove(NodeId id) {
        Optional<AddedNode> added = stored.node(id);
        if (added.isEmpty()) return ownedByFile(id) ? filesOwn(id, "remove") : unknown(id);
        var changes = new ArrayList<StoreChange>();
        changes.add(new NodeForgotten(id));
        boolean last = stored.nodes().stream()
                .noneMatch(other ->
                        other.id().chain().equals(id.chain()) && !other.id().equals(id));
        if (last && stored.chains().containsKey(id.chain())) changes.add(new ChainForgotten(id.chain()));
        if (ownedByFile(id)) {
            String remark = "the file's " + id + " stays; only the declaration made at run time is gone";
            return new Accepted(Verb.REMOVE, changes, added.get().node(), remark, List.of(remark));
        }
        changes.add(new ModeSet(id, Node.Mode.SERVING));
        return new Accepted(
                Verb.REMOVE,
                changes,
                added.get().node(),
                AuditText.whole(added.get().node(), added.get().leader()),
                List.of());
    }

    Decision mode(Verb verb, NodeId id, Node.Mode wanted, String why) {
        Optional<Node> node = merged.node(id);
        if (node.isEmpty()) return unknown(id);
        var remarks = new ArrayList<String>();
        if (node.get().mode() == wanted) remarks.add("it was so already");
        if (wanted != Node.Mode.SERVING && nobodyElseServes(node.get())) {
            remarks.add("no other node of " + id.chain() + " may serve now");
        }
        return new Accepted(verb, List.of(new ModeSet(id, wanted)), node.get().in(wanted), why, remarks);
    }

    private boolean nobodyElseServes(Node node) {
        return merged.chain(node.id().chain()).stream()
                .flatMap(plan -> plan.nodes().stream())
                .noneMatch(other -> !other.id().equals(node.id()) && other.mode() == Node.Mode.SERVING);
    }

    private List<String> remarks(Node node) {
        String chain = node.id().chain();
        String name = node.id().name();
        var remarks = new ArrayList<>(leadsBack(node));
        merged.chain(chain).stream()
                .flatMap(plan -> plan.groups().stream())
                .filter(group -> group.name().equals(Group.DEFAULT_NAME))
                .filter(group -> !group.nodes().isEmpty() && !group.nodes().contains(name))
                .map(_ -> "group default of " + chain + " lists its nodes in the file, so " + name
                        + " gets no calls until it stands there")
                .forEach(remarks::add);
        return remarks;
    }

    private List<String> leadsBack(Node node) {
        return OwnAddress.remark(own, node.endpoint().http()).stream().toList();
    }

    /// The node that has the URL already, if it is not `except`.
    private Optional<NodeId> holder(String chain, Sound sound, @Nullable NodeId except) {
        var all = new ArrayList<Node>();
        merged.chain(chain).ifPresent(plan -> all.addAll(plan.nodes()));
        for (AddedNode added : stored.nodes()) if (added.id().chain().equals(chain)) all.add(added.node());
        return all.stream()
                .filter(node -> !node.id().equals(except))
                .filter(node -> UrlIdentity.same(node.endpoint(), sound.endpoint()))
                .map(Node::id)
                .findFirst();
    }

    private static Node node(NodeId id, Sound sound) {
        return new Node(
                id,
                sound.role(),
                sound.endpoint(),
                sound.labels(),
                sound.weight(),
                sound.capacity(),
                sound.plan(),
                Node.Mode.SERVING,
                Node.Origin.ADDED);
    }

    private Node current(Node node) {
        return node.in(stored.modes().getOrDefault(node.id(), node.mode()));
    }

    private boolean exists(NodeId id) {
        return merged.node(id).isPresent() || stored.node(id).isPresent();
    }

    private boolean fromFile(String chain) {
        return file.stream().anyMatch(plan -> plan.chain().name().equals(chain));
    }

    private boolean ownedByFile(NodeId id) {
        return file.stream()
                .flatMap(plan -> plan.nodes().stream())
                .anyMatch(node -> node.id().equals(id));
    }

    private Rejected filesOwn(NodeId id, String verb) {
        return switch (originOf(id)) {
            case COMMAND_LINE ->
                conflict(
                        id + " was given on the gateway's command line (--node, --leader), which owns it",
                        verb + " it there and start the gateway again; cordon and drain work here too");
            case DEMO ->
                conflict(
                        id + " is one of the demo's simulated nodes, which stay while it runs",
                        "cordon or drain it, or add a node of your own, which can be changed and removed");
            case FILE, ADDED ->
                conflict(
                        id + " is declared in the configuration file, which owns it",
                        verb + " it there and reload; cordon and drain work here too");
        };
    }

    private Node.Origin originOf(NodeId id) {
        return file.stream()
                .flatMap(plan -> plan.nodes().stream())
                .filter(node -> node.id().equals(id))
                .map(Node::origin)
                .findFirst()
                .orElse(Node.Origin.FILE);
    }

    private static Rejected unknown(NodeId id) {
        return new Rejected(Cause.UNKNOWN, "there is no node " + id, LIST);
    }

    private static Rejected invalid(String reason, String remedy) {
        return new Rejected(Cause.INVALID, reason, remedy);
    }

    private static Rejected faulty(List<String> faults) {
        return invalid(String.join("; ", faults), "correct the order and send it again");
    }

    private static Rejected conflict(String reason, String remedy) {
        return new Rejected(Cause.CONFLICT, reason, remedy);
    }
}
