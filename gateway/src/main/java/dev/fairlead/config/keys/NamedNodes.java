package dev.fairlead.config.keys;

import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.url.DerivedName;
import dev.fairlead.core.url.LinkLocalAddress;
import dev.fairlead.core.url.NodeCredentials;
import dev.fairlead.core.url.NodeUrl;
import dev.fairlead.core.url.RentedHosts;
import dev.fairlead.core.url.StrictUrl;
import dev.fairlead.core.url.UrlIdentity;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts nodes of which only the URL is known into a chain, under names made of host and port.
final class NamedNodes {
    private final Chain chain;
    private final List<Node> nodes;
    private final ChainPlan plan;
    private final boolean linkLocal;
    private final List<String> faults;

    /// @param linkLocal whether nodes may live at link-local addresses
    NamedNodes(ChainPlan plan, boolean linkLocal, List<String> faults) {
        this.linkLocal = linkLocal;
        this.chain = plan.chain();
        this.nodes = new ArrayList<>(plan.nodes());
        this.plan = plan;
        this.faults = faults;
    }

    ChainPlan with(List<String> urls, @Nullable String leaderUrl) {
        var leaders = new ArrayList<>(chain.leaders());
        Node leader = leaderUrl == null ? null : leader(leaderUrl);
        if (leader != null) {
            leaders.remove(leader.id().name());
            leaders.addFirst(leader.id().name());
        }
        for (String url : urls) add(url, "--node");
        return plan.with(chain.ledBy(leaders), nodes);
    }

    /// A node that the file declares may become the leader by its URL.
    private @Nullable Node leader(String url) {
        if (StrictUrl.http(url) instanceof NodeUrl.Good(var uri, var _)) {
            for (Node node : nodes) {
                if (UrlIdentity.same(node.endpoint().http(), uri)) return node;
            }
        }
        return add(url, "--leader");
    }

    private @Nullable Node add(String url, String option) {
        return switch (StrictUrl.http(url)) {
            case NodeUrl.Bad(var text) -> fault(option + ": " + text);
            case NodeUrl.Good(var uri, var _)
            when !linkLocal && LinkLocalAddress.isNamed(uri) -> fault(option + ": " + LinkLocalAddress.REFUSAL);
            case NodeUrl.Good(var uri, var _)
            when has(uri) ->
                fault(option + ": the chain " + chain.name() + " has this URL already; give every node once");
            case NodeUrl.Good(var uri, var inUrl) ->
                switch (NodeCredentials.of(null, inUrl, null)) {
                    case NodeCredentials.Unsaid _ -> add(uri, null);
                    case NodeCredentials.Settled(var auth) -> add(uri, auth);
                    case NodeCredentials.Faulty _ ->
                        fault(option + ": expected a user without a colon and a password, both without control"
                                + " characters, found others");
                };
        };
    }

    private Node add(URI uri, @Nullable BasicAuth auth) {
        var endpoint = new Endpoint(uri, null, Map.of(), auth, null);
        Node usual = Node.of(new NodeId(chain.name(), name(uri)), endpoint);
        var node = new Node(
                usual.id(),
                RentedHosts.role(uri),
                endpoint,
                usual.labels(),
                usual.weight(),
                usual.capacity(),
                usual.mode(),
                Node.Origin.COMMAND_LINE);
        nodes.add(node);
        return node;
    }

    private @Nullable Node fault(String text) {
        faults.add(text);
        return null;
    }

    private boolean has(URI uri) {
        return nodes.stream().anyMatch(node -> UrlIdentity.same(node.endpoint().http(), uri));
    }

    private String name(URI uri) {
        return DerivedName.of(uri, this::isTaken);
    }

    private boolean isTaken(String name) {
        return nodes.stream().anyMatch(node -> node.id().name().equals(name));
    }
}
