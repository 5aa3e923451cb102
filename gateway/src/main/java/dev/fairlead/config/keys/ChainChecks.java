package dev.fairlead.config.keys;

import dev.fairlead.config.file.FilePlace;
import dev.fairlead.config.file.FileReading;
import dev.fairlead.config.file.NearestName;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.policy.Route;
import dev.fairlead.core.url.LinkLocalAddress;
import dev.fairlead.core.url.NodeTls;
import dev.fairlead.core.url.UrlIdentity;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks that the settings of the chains, their nodes and groups fit together.
final class ChainChecks {
    private final boolean linkLocal;
    private final List<Route> routes;
    private final FileReading reading;

    private ChainChecks(boolean linkLocal, List<Route> routes, FileReading reading) {
        this.linkLocal = linkLocal;
        this.routes = routes;
        this.reading = reading;
    }

    static void run(List<ChainPlan> chains, List<Route> routes, boolean linkLocal, FileReading reading) {
        var checks = new ChainChecks(linkLocal, routes, reading);
        checks.ids(chains);
        for (ChainPlan plan : chains) {
            checks.leaders(plan);
            checks.nodes(plan);
            checks.groups(plan);
        }
    }

    private void ids(List<ChainPlan> chains) {
        Map<Long, String> taken = new HashMap<>();
        for (ChainPlan plan : chains) {
            Chain chain = plan.chain();
            String first = chain.declaredId() == 0 ? null : taken.putIfAbsent(chain.declaredId(), chain.name());
            if (first == null) continue;
            fault("the chain " + first + " has this id too; put the nodes of one chain together", chain.name(), "id");
        }
    }

    private void leaders(ChainPlan plan) {
        references(plan, plan.chain().leaders(), "leaders");
        boolean followers = plan.nodes().stream().anyMatch(node -> !plan.chain().isLeader(node.id()));
        if (plan.nodes().isEmpty() && !reading.has("chains", plan.chain().name(), "nodes")) {
            notice(
                    "the chain has no nodes in this file; until some are added, its calls get 503",
                    plan.chain().name());
        } else if (!followers && !plan.chain().leaders().isEmpty()) {
            notice(
                    "every node of the chain is a leader, so calls go to them as last resort only",
                    plan.chain().name(),
                    "leaders");
        }
    }

    private void references(ChainPlan plan, List<String> names, String... below) {
        String chain = plan.chain().name();
        List<String> known = plan.nodes().stream().map(node -> node.id().name()).toList();
        for (int index = 0; index < names.size(); index++) {
            String name = names.get(index);
            if (known.contains(name) || reading.has("chains", chain, "nodes", name)) continue;
            var path = new ArrayList<>(List.of(below));
            path.add("[" + index + "]");
            FilePlace place = placeOf(chain, path.toArray(String[]::new));
            reading.fault(place, "the chain has no node " + unknown(name, known, place));
        }
    }

    private String unknown(String name, List<String> known, FilePlace place) {
        if (reading.isFilled(place)) return "of the name that the environment gives";
        return name + (known.isEmpty() ? "; it has none at all" : NearestName.hint(name, known));
    }

    private void nodes(ChainPlan plan) {
        Map<UrlIdentity, String> taken = new HashMap<>();
        Map<UrlIdentity, String> here = new HashMap<>();
        for (Node node : plan.nodes()) {
            String chain = plan.chain().name();
            String name = node.id().name();
            once(taken, node.endpoint().http(), chain, name, "url");
            once(taken, node.endpoint().ws(), chain, name, "ws_url");
            here(here, node);
            if (!reading.isAtFault("chains", chain, "nodes", name)) tls(node);
        }
    }

    private void tls(Node node) {
        Tls tls = node.endpoint().tls();
        if (tls == null) return;
        String chain = node.id().chain();
        String name = node.id().name();
        for (NodeTls.Fault fault : NodeTls.faults(tls, node.endpoint().http())) {
            fault(words(fault), chain, "nodes", name, "tls");
        }
    }

    private static String words(NodeTls.Fault fault) {
        return switch (fault) {
            case NEEDS_HTTPS -> "expected an https URL beside tls, found http; change the URL, or remove tls";
            case CERTIFICATE_WITHOUT_KEY -> "certificate and key need each other; give both or neither";
        };
    }

    private void once(Map<UrlIdentity, String> taken, @Nullable URI url, String chain, String node, String key) {
        if (url == null || NodeKeys.isNowhere(url)) return;
        if (!linkLocal && LinkLocalAddress.isNamed(url)) fault(LinkLocalAddress.REFUSAL, chain, "nodes", node, key);
        String first = taken.putIfAbsent(UrlIdentity.of(url), node);
        if (first != null)
            fault("the node " + first + " has this URL too; remove one of them", chain, "nodes", node, key);
    }

    /// `localhost` and `127.0.0.1` may be the same node, which would count twice when nodes vote.
    private void here(Map<UrlIdentity, String> here, Node node) {
        UrlIdentity identity = UrlIdentity.ofLoopback(node.endpoint().http());
        String first =
                identity == null ? null : here.putIfAbsent(identity, node.id().name());
        if (first == null
                || reading.isAtFault(
                        "chains", node.id().chain(), "nodes", node.id().name(), "url")) return;
        notice(
                "the node " + first + " is at this machine and this port too, by another name for it; if they are one"
                        + " node, remove one of them, or it counts twice where nodes agree",
                node.id().chain(),
                "nodes",
                node.id().name(),
                "url");
    }

    private boolean isRouted(Group group, String chain) {
        return routes.stream()
                .anyMatch(route -> route.group().equals(group.name())
                        && (route.chain() == null || route.chain().equals(chain)));
    }

    private void groups(ChainPlan plan) {
        String chain = plan.chain().name();
        Map<String, String> claimed = new HashMap<>();
        for (Group group : plan.groups()) {
            references(plan, group.nodes(), "groups", group.name(), "nodes");
            boolean isDefault = group.name().equals(Group.DEFAULT_NAME);
            boolean methodsAtFault = reading.isAtFault("chains", chain, "groups", group.name(), "methods");
            if (isDefault && !group.methods().isEmpty()) {
                fault(
                        "the group default answers what no other group claims; remove its methods",
                        chain,
                        "groups",
                        group.name(),
                        "methods");
            } else if (!isDefault && group.methods().isEmpty() && !methodsAtFault && !isRouted(group, chain)) {
                String text = "expected methods, or a route that names the group, or no call would reach it";
                fault(text, chain, "groups", group.name(), "methods");
            }
            for (String method : group.methods()) {
                String first = claimed.putIfAbsent(method, group.name());
                if (first == null) continue;
                fault(
                        "the group " + first + " claims one of these methods too",
                        chain,
                        "groups",
                        group.name(),
                        "methods");
            }
        }
    }

    private void fault(String text, String chain, String... below) {
        reading.fault(placeOf(chain, below), text);
    }

    private void notice(String text, String chain, String... below) {
        reading.notice(placeOf(chain, below), text);
    }

    private FilePlace placeOf(String chain, String... below) {
        var path = new ArrayList<>(List.of("chains", chain));
        path.addAll(List.of(below));
        return reading.placeOf(path);
    }
}
