package dev.fairlead.control.operate;

import dev.fairlead.control.operate.Decision.Accepted;
import dev.fairlead.control.operate.Subject.OfKey;
import dev.fairlead.control.operate.Subject.OfNode;
import dev.fairlead.control.operate.Subject.OfTenant;
import dev.fairlead.control.store.AuditLine;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.secret.MaskedUrl;
import dev.fairlead.core.text.CallRates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/// Lines for the audit trail, without secrets: what an order is about, and what it changes about a node.
final class AuditText {
    private AuditText() {}

    static AuditLine line(Instant at, String who, Accepted accepted) {
        String what = accepted.verb().word();
        String details = accepted.details();
        return switch (accepted.subject()) {
            case OfNode(var node) ->
                new AuditLine(0, at, who, what, node.id().chain(), node.id().name(), details);
            case OfTenant(var tenant, var _) ->
                new AuditLine(0, at, who, what, null, null, tenant.name(), null, details);
            case OfKey(var key, var _) ->
                new AuditLine(0, at, who, what, null, null, key.tenant(), key.alias(), details);
        };
    }

    static String name(Subject subject) {
        return switch (subject) {
            case OfNode(var node) -> node.id().toString();
            case OfTenant(var tenant, var _) -> tenant.name();
            case OfKey(var key, var _) -> key.name();
        };
    }

    /// A whole node as one line for the audit trail.
    static String whole(Node node, boolean leader) {
        Endpoint endpoint = node.endpoint();
        var parts = new ArrayList<String>();
        parts.add("url " + endpoint.masked());
        if (endpoint.ws() != null) parts.add("ws url " + MaskedUrl.url(endpoint.ws()));
        parts.add("role " + word(node.role()));
        if (leader) parts.add("leader");
        parts.add("weight " + node.weight());
        parts.add("capacity " + node.capacity());
        if (!node.plan().equals(SpendingPlan.NONE)) parts.add("plan " + words(node.plan()));
        if (!node.labels().isEmpty()) parts.add("labels " + new TreeMap<>(node.labels()));
        if (!endpoint.headers().isEmpty()) {
            parts.add("headers " + new TreeSet<>(endpoint.headers().keySet()));
        }
        if (endpoint.auth() != null) parts.add("basic auth");
        if (endpoint.tls() != null) parts.add("tls files");
        return String.join(", ", parts);
    }

    static List<String> changes(Node before, Node after) {
        var parts = new ArrayList<String>();
        Endpoint old = before.endpoint();
        Endpoint fresh = after.endpoint();
        secret(parts, "url", old.masked(), fresh.masked(), old.http().equals(fresh.http()));
        secret(parts, "ws url", shown(old), shown(fresh), Objects.equals(old.ws(), fresh.ws()));
        plain(parts, "role", word(before.role()), word(after.role()));
        plain(parts, "weight", before.weight(), after.weight());
        plain(parts, "capacity", before.capacity(), after.capacity());
        plain(parts, "plan", words(before.plan()), words(after.plan()));
        plain(parts, "mode", word(before.mode()), word(after.mode()));
        plain(parts, "labels", new TreeMap<>(before.labels()), new TreeMap<>(after.labels()));
        if (!old.headers().equals(fresh.headers())) {
            parts.add("headers, now " + new TreeSet<>(fresh.headers().keySet()));
        }
        if (!Objects.equals(old.auth(), fresh.auth())) parts.add("basic auth");
        if (!Objects.equals(old.tls(), fresh.tls())) parts.add("tls files");
        return parts;
    }

    /// `50/s, 3000000 a day, credits {*=80}`
    private static String words(SpendingPlan plan) {
        var words = new ArrayList<String>();
        if (plan.rate() != null) words.add(CallRates.show(plan.rate()));
        if (plan.daily() > 0) words.add(plan.daily() + " a day");
        if (!plan.credits().weights().isEmpty())
            words.add("credits " + new TreeMap<>(plan.credits().weights()));
        return words.isEmpty() ? "none" : String.join(", ", words);
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
        return endpoint.ws() == null ? "none" : MaskedUrl.url(endpoint.ws());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
