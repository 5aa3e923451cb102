package dev.fairlead.control.operate;

import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Masked;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/// What changed from one declaration to the next, line by line for people, without secrets.
final class Differences {
    private Differences() {}

    static List<String> between(List<ChainPlan> before, List<ChainPlan> after) {
        var lines = new ArrayList<String>();
        Map<String, ChainPlan> old = byName(before);
        Map<String, ChainPlan> fresh = byName(after);
        for (String name : old.keySet()) if (!fresh.containsKey(name)) lines.add("removed chain " + name);
        for (var entry : fresh.entrySet()) {
            ChainPlan was = old.get(entry.getKey());
            if (was == null) lines.add("added chain " + entry.getKey());
            else lines.addAll(ofChain(was, entry.getValue()));
        }
        Map<NodeId, Node> oldNodes = nodes(before);
        Map<NodeId, Node> freshNodes = nodes(after);
        for (NodeId id : oldNodes.keySet()) if (!freshNodes.containsKey(id)) lines.add("removed node " + id);
        for (var entry : freshNodes.entrySet()) {
            Node was = oldNodes.get(entry.getKey());
            if (was == null) {
                lines.add("added node " + entry.getKey() + " (" + description(entry.getValue(), false) + ")");
                continue;
            }
            List<String> parts = ofNode(was, entry.getValue());
            if (!parts.isEmpty()) lines.add("changed node " + entry.getKey() + ": " + String.join(", ", parts));
        }
        return lines;
    }

    /// A whole node as one line for the audit trail.
    static String description(Node node, boolean leader) {
        Endpoint endpoint = node.endpoint();
        var parts = new ArrayList<String>();
        parts.add("url " + endpoint.masked());
        if (endpoint.ws() != null) parts.add("ws url " + Masked.url(endpoint.ws()));
        parts.add("role " + word(node.role()));
        if (leader) parts.add("leader");
        parts.add("weight " + node.weight());
        parts.add("capacity " + node.capacity());
        if (!node.labels().isEmpty()) parts.add("labels " + new TreeMap<>(node.labels()));
        if (!endpoint.headers().isEmpty()) {
            parts.add("headers " + new TreeSet<>(endpoint.headers().keySet()));
        }
        if (endpoint.auth() != null) parts.add("basic auth");
        if (endpoint.tls() != null) parts.add("tls files");
        return String.join(", ", parts);
    }

    static List<String> ofNode(Node before, Node after) {
        var parts = new ArrayList<String>();
        Endpoint old = before.endpoint();
        Endpoint fresh = after.endpoint();
        secret(parts, "url", old.masked(), fresh.masked(), old.http().equals(fresh.http()));
        secret(parts, "ws url", shown(old), shown(fresh), Objects.equals(old.ws(), fresh.ws()));
        plain(parts, "role", word(before.role()), word(after.role()));
        plain(parts, "weight", before.weight(), after.weight());
        plain(parts, "capacity", before.capacity(), after.capacity());
        plain(parts, "mode", word(before.mode()), word(after.mode()));
        plain(parts, "labels", new TreeMap<>(before.labels()), new TreeMap<>(after.labels()));
        if (!old.headers().equals(fresh.headers())) {
            parts.add("headers, now " + new TreeSet<>(fresh.headers().keySet()));
        }
        if (!Objects.equals(old.auth(), fresh.auth())) parts.add("basic auth");
        if (!Objects.equals(old.tls(), fresh.tls())) parts.add("tls files");
        return parts;
    }

    private static List<String> ofChain(ChainPlan before, ChainPlan after) {
        var parts = new ArrayList<String>();
        Chain old = before.chain();
        Chain fresh = after.chain();
        plain(parts, "id", old.declaredId(), fresh.declaredId());
        plain(parts, "leaders", old.leaders(), fresh.leaders());
        plain(parts, "tolerance", old.tolerance(), fresh.tolerance());
        plain(parts, "probing", old.probing(), fresh.probing());
        plain(parts, "leader rate", old.leaderRate(), fresh.leaderRate());
        plain(parts, "groups", before.groups(), after.groups());
        return parts.isEmpty() ? List.of() : List.of("changed chain " + fresh.name() + ": " + String.join(", ", parts));
    }

    private static void plain(List<String> parts, String what, Object before, Object after) {
        if (!before.equals(after)) parts.add(what + " " + before + " → " + after);
    }

    private static void secret(List<String> parts, String what, String before, String after, boolean same) {
        if (same) return;
        parts.add(
                before.equals(after) ? what + " " + after + " (its masked part)" : what + " " + before + " → " + after);
    }

    private static String shown(Endpoint endpoint) {
        return endpoint.ws() == null ? "none" : Masked.url(endpoint.ws());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, ChainPlan> byName(List<ChainPlan> plans) {
        var byName = new LinkedHashMap<String, ChainPlan>();
        for (ChainPlan plan : plans) byName.put(plan.chain().name(), plan);
        return byName;
    }

    private static Map<NodeId, Node> nodes(List<ChainPlan> plans) {
        var nodes = new LinkedHashMap<NodeId, Node>();
        for (ChainPlan plan : plans) for (Node node : plan.nodes()) nodes.put(node.id(), node);
        return nodes;
    }
}
