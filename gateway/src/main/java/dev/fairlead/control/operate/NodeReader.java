package dev.fairlead.control.operate;

import static java.util.Objects.requireNonNullElse;

import dev.fairlead.control.operate.NodeReading.Faulty;
import dev.fairlead.control.operate.NodeReading.Sound;
import dev.fairlead.control.store.AddedNode;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.url.LinkLocalAddress;
import dev.fairlead.core.url.NodeCredentials;
import dev.fairlead.core.url.NodeText;
import dev.fairlead.core.url.NodeTls;
import dev.fairlead.core.url.NodeUrl;
import dev.fairlead.core.url.RentedHosts;
import dev.fairlead.core.url.StrictUrl;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Joins what an order says about a node with what the node is already, and finds every fault at once. No
/// fault repeats a value that may be secret.
final class NodeReader {
    private final NodeOrder order;
    private final @Nullable AddedNode before;
    private final boolean linkLocal;
    private final List<String> faults = new ArrayList<>();

    private NodeReader(NodeOrder order, @Nullable AddedNode before, boolean linkLocal) {
        this.order = order;
        this.linkLocal = linkLocal;
        this.before = before;
    }

    /// @param before what the node is already, or null for a new one
    /// @param linkLocal whether it may live at a link-local address
    static NodeReading read(NodeOrder order, @Nullable AddedNode before, boolean linkLocal) {
        return new NodeReader(order, before, linkLocal).reading();
    }

    private NodeReading reading() {
        Node old = before == null ? null : before.node();
        Endpoint endpoint = endpoint(old == null ? null : old.endpoint());
        Map<String, String> labels = old == null ? Map.of() : old.labels();
        if (order.labels() != null)
            labels = words("label", order.labels(), NodeText.LABEL, NodeText::isLabel, NodeText::isLabelValue);
        int weight =
                count("weight", Node.MOST_WEIGHT, order.weight(), old == null ? Node.DEFAULT_WEIGHT : old.weight());
        int capacity = count(
                "capacity", Node.MOST_CAPACITY, order.capacity(), old == null ? Node.DEFAULT_CAPACITY : old.capacity());
        SpendingPlan plan = new PlanReader(order.plan(), old == null ? SpendingPlan.NONE : old.plan(), faults).read();
        if (endpoint == null || !faults.isEmpty()) return new Faulty(List.copyOf(faults));
        return new Sound(
                endpoint,
                requireNonNullElse(order.role(), old == null ? RentedHosts.role(endpoint.http()) : old.role()),
                requireNonNullElse(order.leader(), before != null && before.leader()),
                labels,
                weight,
                capacity,
                plan);
    }

    private @Nullable Endpoint endpoint(@Nullable Endpoint old) {
        NodeUrl.Good http = http(old);
        NodeUrl.Good ws = ws(old);
        Map<String, String> headers = old == null ? Map.of() : old.headers();
        if (order.headers() != null) headers = headers(order.headers());
        if (http == null) return null;
        return new Endpoint(
                http.uri(), ws == null ? null : ws.uri(), headers, auth(old, http, ws), tls(old, http.uri()));
    }

    private NodeUrl.@Nullable Good http(@Nullable Endpoint old) {
        if (order.http() != null) return good("url", StrictUrl.http(order.http()));
        if (old != null) return new NodeUrl.Good(old.http(), null);
        faults.add("url: expected the HTTP URL of the node, found nothing");
        return null;
    }

    private NodeUrl.@Nullable Good ws(@Nullable Endpoint old) {
        if (order.ws() == null) return old == null || old.ws() == null ? null : new NodeUrl.Good(old.ws(), null);
        return order.ws().isEmpty() ? null : good("wsUrl", StrictUrl.ws(order.ws()));
    }

    private NodeUrl.@Nullable Good good(String member, NodeUrl url) {
        return switch (url) {
            case NodeUrl.Good(var uri, var _)
            when !linkLocal && LinkLocalAddress.isNamed(uri) -> {
                faults.add(member + ": " + LinkLocalAddress.REFUSAL);
                yield null;
            }
            case NodeUrl.Good good -> good;
            case NodeUrl.Bad(var fault) -> {
                faults.add(member + ": " + fault);
                yield null;
            }
        };
    }

    private @Nullable BasicAuth auth(@Nullable Endpoint old, NodeUrl.Good http, NodeUrl.@Nullable Good ws) {
        return switch (NodeCredentials.of(order.auth(), http.auth(), ws == null ? null : ws.auth())) {
            case NodeCredentials.Unsaid _ -> old == null ? null : old.auth();
            case NodeCredentials.Settled(var auth) -> auth;
            case NodeCredentials.Faulty(var found) -> {
                found.forEach(fault -> faults.add("auth: " + words(fault)));
                yield null;
            }
        };
    }

    private static String words(NodeCredentials.Fault fault) {
        return switch (fault) {
            case SEVERAL -> "expected one user and password, found several that differ";
            case USER -> "expected a user without a colon or control characters, of at most 256 characters";
            case PASSWORD -> "expected a password of 1 to 1024 characters, none of them a control character";
        };
    }

    private @Nullable Tls tls(@Nullable Endpoint old, URI http) {
        Tls tls = NodeTls.given(order.tls() == null ? old == null ? null : old.tls() : order.tls());
        if (tls == null) return null;
        for (NodeTls.Fault fault : NodeTls.faults(tls, http)) faults.add("tls: " + words(fault));
        for (Path path : NodeTls.files(tls)) {
            if (!path.isAbsolute()) faults.add("tls: expected an absolute path, found a relative one");
        }
        return tls;
    }

    private static String words(NodeTls.Fault fault) {
        return switch (fault) {
            case NEEDS_HTTPS -> "expected an https URL beside it, found http";
            case CERTIFICATE_WITHOUT_KEY -> "expected certificate and key together, found one of them";
        };
    }

    private Map<String, String> headers(Map<String, String> said) {
        Map<String, String> headers =
                words("header", said, NodeText.HEADER, NodeText::isHeader, NodeText::isHeaderValue);
        NodeText.saidTwice(headers)
                .ifPresent(
                        twice -> faults.add("headers: " + twice + " is there twice, in other letters; leave one out"));
        for (String name : headers.keySet()) {
            if (NodeText.isOwnHeader(name)) {
                faults.add("headers: " + name + " is set by the connection itself; leave it out");
            }
        }
        return headers;
    }

    private Map<String, String> words(
            String what, Map<String, String> said, String form, Predicate<String> name, Predicate<String> value) {
        if (said.size() > NodeText.MOST_WORDS) {
            faults.add(what + "s: expected at most " + NodeText.MOST_WORDS + ", found " + said.size());
        }
        for (var word : said.entrySet()) {
            if (!name.test(word.getKey())) {
                faults.add(what + "s: expected names like " + form + ", found another one");
            } else if (!value.test(word.getValue())) {
                faults.add(what + "s: the value of " + word.getKey() + " is too long or has illegal characters");
            }
        }
        return Map.copyOf(said);
    }

    private int count(String what, int most, @Nullable Integer said, int otherwise) {
        if (said == null) return otherwise;
        if (said < 1 || said > most) faults.add(what + ": expected 1 to " + most + ", found " + said);
        return said;
    }
}
