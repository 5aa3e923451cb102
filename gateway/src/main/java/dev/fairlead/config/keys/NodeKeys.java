package dev.fairlead.config.keys;

import dev.fairlead.config.CreditMap;
import dev.fairlead.config.Key;
import dev.fairlead.config.MapOf;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.config.TableValues;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.core.url.NodeCredentials;
import dev.fairlead.core.url.NodeText;
import dev.fairlead.core.url.NodeTls;
import dev.fairlead.core.url.NodeUrl.Good;
import dev.fairlead.core.url.RentedHosts;
import dev.fairlead.core.url.StrictUrl;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The keys of one node: `[chains.<chain>.nodes.<node>]`.
final class NodeKeys {
    private static final String TITLE = "chains.<chain>.nodes.<node>";

    /// Stands in for the URL of a node whose URL is missing or at fault.
    private static final Node NOWHERE = Node.of(new NodeId("", ""), Endpoint.of("http://nowhere.invalid"));

    static final Key<BasicAuth, String> USER = new Key<>(
            "user",
            Scalars.text("text", "a user name without a colon", NodeText.USER).hidden(),
            BasicAuth::user,
            "User name, or the project's key; some providers want none.");
    static final Key<BasicAuth, String> PASSWORD = new Key<BasicAuth, String>(
                    "password",
                    Scalars.text("text", "a text without control characters", NodeText.PASSWORD)
                            .hidden(),
                    BasicAuth::password,
                    "Password, or the provider's secret.")
            .needed();
    static final Table<BasicAuth> AUTH = new Table<>(
            TITLE + ".auth",
            "Basic authentication at the node.",
            new BasicAuth("", ""),
            List.of(USER, PASSWORD),
            values -> new BasicAuth(values.of(USER), values.of(PASSWORD)));

    static final Key<Tls, Path> CA = new Key<>(
            "ca",
            Scalars.file(),
            Tls::ca,
            "PEM file with the authorities that the node's certificate must chain to, instead of the system's.");
    static final Key<Tls, Path> CERTIFICATE = new Key<>(
            "certificate", Scalars.file(), Tls::certificate, "PEM file with our own certificate, for nodes that ask.");
    static final Key<Tls, Path> KEY =
            new Key<>("key", Scalars.file(), Tls::key, "PEM file with the PKCS#8 key of that certificate.");
    static final Table<Tls> TLS = new Table<>(
            TITLE + ".tls",
            "TLS towards the node, where the system's defaults will not do.",
            new Tls(null, null, null),
            List.of(CA, CERTIFICATE, KEY),
            values -> new Tls(values.orNull(CA), values.orNull(CERTIFICATE), values.orNull(KEY)));

    static final Key<Node, Good> URL = new Key<Node, Good>(
                    "url",
                    Scalars.url("http", StrictUrl::http),
                    node -> new Good(node.endpoint().http(), null),
                    "Where the node answers HTTP, with path and key; `user:password@` in it is taken for `auth`.")
            .needed();
    static final Key<Node, Good> WS_URL = new Key<>(
            "ws_url",
            Scalars.url("ws", StrictUrl::ws),
            NodeKeys::ws,
            "Where the node answers WebSocket; new blocks are then known without waiting for the next probe.");
    static final Key<Node, Node.Role> ROLE = new Key<Node, Node.Role>(
                    "role",
                    Scalars.choice(List.of(Node.Role.values())),
                    Node::role,
                    "`own` nodes serve first, `rented` ones when no own node can.")
            .otherwise("`own`; `rented` for the hosts of well-known providers");
    static final Key<Node, Integer> WEIGHT = new Key<>(
            "weight", Scalars.count(1, Node.MOST_WEIGHT), Node::weight, "Share of calls relative to the other nodes.");
    static final Key<Node, Integer> CAPACITY = new Key<>(
            "capacity",
            Scalars.count(1, Node.MOST_CAPACITY),
            Node::capacity,
            "Calls in flight at once before further ones wait in the queue.");
    static final Key<Node, CallRate> RATE = new Key<>(
            "rate",
            Scalars.rate(),
            node -> node.plan().rate(),
            "How many credits it may be asked in such a time, whichever; over that it is passed over like a full one.");
    static final Key<Node, Long> DAILY = new Key<>(
            "daily",
            Scalars.whole(0, SpendingPlan.MOST_DAILY),
            node -> node.plan().daily(),
            "How many credits it may be asked in a day of UTC, probes included; then it is not asked; 0 is no bound.");
    static final Key<Node, Credits> CREDITS = new Key<>(
            "credits",
            new CreditMap(),
            node -> node.plan().credits(),
            "What a request counts for its `rate` and `daily`, by its method; 1 where nothing is said.");
    static final Key<Node, Map<String, String>> LABELS = new Key<>(
            "labels",
            MapOf.texts(
                    Pattern.compile(NodeText.LABEL),
                    "a label name that begins with a letter, of letters, digits, dots and dashes",
                    _ -> false,
                    Scalars.text("text", "a text of at most 128 visible characters", NodeText.LABEL_VALUE),
                    NodeText.MOST_WORDS),
            Node::labels,
            "Anything worth telling about the node, such as zone and client.");
    static final Key<Node, Map<String, String>> HEADERS = new Key<>(
            "headers",
            MapOf.texts(
                    Pattern.compile(NodeText.HEADER),
                    "a header name",
                    NodeText::isOwnHeader,
                    Scalars.text("text", "a header value of visible characters", NodeText.HEADER_VALUE)
                            .hidden(),
                    NodeText.MOST_WORDS),
            node -> node.endpoint().headers(),
            "Sent to the node with every request.");
    static final Key<Node, BasicAuth> AUTH_TABLE =
            new Key<>("auth", AUTH, node -> node.endpoint().auth(), "Basic authentication at the node.");
    static final Key<Node, Tls> TLS_TABLE =
            new Key<>("tls", TLS, node -> node.endpoint().tls(), "TLS towards the node.");
    static final Table<Node> NODE = new Table<>(
            TITLE,
            "One node of the chain. Its name is yours to choose.",
            NOWHERE,
            List.of(URL, WS_URL, ROLE, WEIGHT, CAPACITY, RATE, DAILY, CREDITS, LABELS, HEADERS, AUTH_TABLE, TLS_TABLE),
            NodeKeys::make);

    private NodeKeys() {}

    static boolean isNowhere(URI url) {
        return url.equals(NOWHERE.endpoint().http());
    }

    private static @Nullable Good ws(Node node) {
        URI ws = node.endpoint().ws();
        return ws == null ? null : new Good(ws, null);
    }

    private static Node make(TableValues<Node> values) {
        Good http = values.of(URL);
        Good ws = values.orNull(WS_URL);
        Node.Role role = values.has(ROLE) ? values.of(ROLE) : RentedHosts.role(http.uri());
        Map<String, String> headers = values.of(HEADERS);
        NodeText.saidTwice(headers)
                .ifPresent(twice -> values.fault(
                        HEADERS, "the header " + twice + " is there twice, in other letters; remove one of them"));
        var endpoint = new Endpoint(
                http.uri(),
                ws == null ? null : ws.uri(),
                headers,
                auth(values, http, ws),
                NodeTls.given(values.orNull(TLS_TABLE)));
        return new Node(
                new NodeId(values.names().get(1), values.name()),
                role,
                endpoint,
                values.of(LABELS),
                values.of(WEIGHT),
                values.of(CAPACITY),
                plan(values),
                Node.Mode.SERVING,
                Node.Origin.FILE);
    }

    private static SpendingPlan plan(TableValues<Node> values) {
        var plan = new SpendingPlan(values.orNull(RATE), values.of(DAILY), values.of(CREDITS));
        plan.ofRate().ifPresent(fault -> values.fault(RATE, fault));
        plan.ofDay().ifPresent(fault -> values.fault(DAILY, fault));
        return plan;
    }

    private static @Nullable BasicAuth auth(TableValues<Node> values, Good http, @Nullable Good ws) {
        return switch (NodeCredentials.of(values.orNull(AUTH_TABLE), http.auth(), ws == null ? null : ws.auth())) {
            case NodeCredentials.Unsaid _ -> null;
            case NodeCredentials.Settled(var auth) -> auth;
            case NodeCredentials.Faulty(var faults) -> {
                boolean judged = values.has(AUTH_TABLE); // key by key
                faults.stream()
                        .filter(fault -> !judged || fault == NodeCredentials.Fault.SEVERAL)
                        .forEach(fault -> values.fault(URL, words(fault)));
                yield null;
            }
        };
    }

    private static String words(NodeCredentials.Fault fault) {
        return switch (fault) {
            case SEVERAL -> "other credentials than elsewhere in this node; keep those in auth only";
            case USER -> "expected a user of at most 256 characters, without a colon or control characters";
            case PASSWORD -> "expected a password of at most 1024 characters, without control characters";
        };
    }
}
