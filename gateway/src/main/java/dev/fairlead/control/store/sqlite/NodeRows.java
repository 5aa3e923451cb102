package dev.fairlead.control.store.sqlite;

import dev.fairlead.control.store.AddedNode;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.core.policy.MethodPattern;
import dev.fairlead.core.url.NodeText;
import dev.fairlead.core.url.NodeUrl;
import dev.fairlead.core.url.StrictUrl;
import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Nodes as rows of `node`, `node_header` and `node_label`.
record NodeRows(Sql sql) {
    private static final Pattern WEIGHT = Pattern.compile("(" + MethodPattern.FORM + ")=([0-9]{1,7})");

    void put(AddedNode added) throws SQLException {
        Node node = added.node();
        Endpoint endpoint = node.endpoint();
        BasicAuth auth = endpoint.auth();
        Tls tls = endpoint.tls();
        SpendingPlan plan = node.plan();
        CallRate rate = plan.rate();
        sql.update(
                """
                INSERT INTO node (chain, name, role, leader, http, ws, auth_user, auth_password,
                    tls_ca, tls_certificate, tls_key, weight, capacity, rate, rate_millis, daily, credits, added_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (chain, name) DO UPDATE SET role = excluded.role, leader = excluded.leader,
                    http = excluded.http, ws = excluded.ws, auth_user = excluded.auth_user,
                    auth_password = excluded.auth_password, tls_ca = excluded.tls_ca,
                    tls_certificate = excluded.tls_certificate, tls_key = excluded.tls_key,
                    weight = excluded.weight, capacity = excluded.capacity, rate = excluded.rate,
                    rate_millis = excluded.rate_millis, daily = excluded.daily, credits = excluded.credits,
                    added_at = excluded.added_at
                """,
                node.id().chain(),
                node.id().name(),
                ValidRows.word(node.role()),
                added.leader() ? 1 : 0,
                endpoint.http().toString(),
                text(endpoint.ws()),
                auth == null ? null : auth.user(),
                auth == null ? null : auth.password(),
                tls == null ? null : text(tls.ca()),
                tls == null ? null : text(tls.certificate()),
                tls == null ? null : text(tls.key()),
                node.weight(),
                node.capacity(),
                rate == null ? null : rate.credits(),
                rate == null ? null : rate.window().toMillis(),
                plan.daily(),
                joined(plan.credits()),
                added.addedAt().toString());
        putWords("node_header", node.id(), endpoint.headers());
        putWords("node_label", node.id(), node.labels());
    }

    void remove(NodeId id) throws SQLException {
        for (String table : List.of("node", "node_header", "node_label")) {
            String key = table.equals("node") ? "name" : "node";
            sql.update("DELETE FROM " + table + " WHERE chain = ? AND " + key + " = ?", id.chain(), id.name());
        }
    }

    List<AddedNode> all() throws SQLException {
        Map<NodeId, Map<String, String>> headers = words(
                "node_header",
                NodeRows::isHeader,
                NodeText::isHeaderValue,
                "its node is called without that header: update the node");
        Map<NodeId, Map<String, String>> labels = words(
                "node_label", NodeText::isLabel, NodeText::isLabelValue, "its node has no such label: update the node");
        var rows = new ValidRows(
                sql, "node", List.of("chain", "name"), "its node is not served: add it again, or correct the row");
        return rows.read("SELECT * FROM node ORDER BY place", row -> {
            NodeId id = ValidRows.node(row, "name");
            return added(row, id, headers.getOrDefault(id, Map.of()), labels.getOrDefault(id, Map.of()));
        });
    }

    /// @throws InvalidRow when it holds a value that no order could have stored
    private static AddedNode added(ResultSet row, NodeId id, Map<String, String> headers, Map<String, String> labels)
            throws SQLException {
        String ws = row.getString("ws");
        var endpoint = new Endpoint(
                url("http", StrictUrl.http(String.valueOf(row.getString("http")))),
                ws == null ? null : url("ws", StrictUrl.ws(ws)),
                Map.copyOf(headers),
                auth(row),
                tls(row));
        var node = new Node(
                id,
                ValidRows.word(row, "role", Node.Role.values()),
                endpoint,
                Map.copyOf(labels),
                ValidRows.count(row, "weight", Node.MOST_WEIGHT),
                ValidRows.count(row, "capacity", Node.MOST_CAPACITY),
                plan(row),
                Node.Mode.SERVING,
                Node.Origin.ADDED);
        return new AddedNode(node, ValidRows.number(row, "leader", 0, 1) == 1, ValidRows.instant(row, "added_at"));
    }

    private static URI url(String column, NodeUrl read) {
        return switch (read) {
            case NodeUrl.Good(var uri, var auth) when auth == null -> uri;
            case NodeUrl.Good _ ->
                throw new InvalidRow(column + ": expected user and password in columns of their own");
            case NodeUrl.Bad(var fault) -> throw new InvalidRow(column + ": " + fault);
        };
    }

    private static @Nullable BasicAuth auth(ResultSet row) throws SQLException {
        String user = row.getString("auth_user");
        String password = row.getString("auth_password");
        if (user == null && password == null) return null;
        if (user == null || password == null)
            throw new InvalidRow("expected auth_user and auth_password, found one of them");
        ValidRows.text(row, "auth_user", NodeText::isUser, "a user without a colon or control characters");
        if (!password.isEmpty())
            ValidRows.text(row, "auth_password", NodeText::isPassword, "a password without control characters");
        return new BasicAuth(user, password);
    }

    private static @Nullable Tls tls(ResultSet row) throws SQLException {
        Path ca = ValidRows.path(row, "tls_ca");
        Path certificate = ValidRows.path(row, "tls_certificate");
        Path key = ValidRows.path(row, "tls_key");
        return ca == null && certificate == null && key == null ? null : new Tls(ca, certificate, key);
    }

    private static SpendingPlan plan(ResultSet row) throws SQLException {
        var plan = new SpendingPlan(
                ValidRows.rate(row), ValidRows.number(row, "daily", 0, SpendingPlan.MOST_DAILY), credits(row));
        Optional<String> fault = plan.ofRate()
                .map(words -> "rate: " + words)
                .or(() -> plan.ofDay().map(words -> "daily: " + words));
        if (fault.isPresent()) throw new InvalidRow(fault.get());
        return plan;
    }

    private static String joined(Credits credits) {
        return new TreeMap<>(credits.weights())
                .entrySet().stream()
                        .map(weight -> weight.getKey() + "=" + weight.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static Credits credits(ResultSet row) throws SQLException {
        String text = String.valueOf(row.getString("credits"));
        if (text.isEmpty()) return Credits.ONE_EACH;
        var weights = new HashMap<String, Long>();
        for (String part : text.split(" ", -1)) {
            Matcher weight = WEIGHT.matcher(part);
            if (!weight.matches()) throw new InvalidRow("credits: expected eth_getLogs=75 …, found something else");
            weights.put(weight.group(1), Long.parseLong(weight.group(2)));
        }
        return new Credits(weights);
    }

    private void putWords(String table, NodeId id, Map<String, String> words) throws SQLException {
        sql.update("DELETE FROM " + table + " WHERE chain = ? AND node = ?", id.chain(), id.name());
        for (var word : words.entrySet()) {
            sql.update(
                    "INSERT INTO " + table + " (chain, node, name, value) VALUES (?, ?, ?, ?)",
                    id.chain(),
                    id.name(),
                    word.getKey(),
                    word.getValue());
        }
    }

    private record Word(NodeId node, String name, String value) {}

    private Map<NodeId, Map<String, String>> words(
            String table, Predicate<String> name, Predicate<String> value, String remedy) throws SQLException {
        var words = new HashMap<NodeId, Map<String, String>>();
        var rows = new ValidRows(sql, table, List.of("chain", "node", "name"), remedy);
        rows.read("SELECT * FROM " + table + " ORDER BY rowid", row -> wordIn(row, name, value))
                .forEach(word -> words.computeIfAbsent(word.node(), _ -> new LinkedHashMap<>())
                        .put(word.name(), word.value()));
        return words;
    }

    private static Word wordIn(ResultSet row, Predicate<String> name, Predicate<String> value) throws SQLException {
        return new Word(
                ValidRows.node(row, "node"),
                ValidRows.text(row, "name", name, "a name that the gateway does not use itself"),
                ValidRows.text(row, "value", value, "a text that is not too long and has no control characters"));
    }

    private static boolean isHeader(String name) {
        return NodeText.isHeader(name) && !NodeText.isOwnHeader(name);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
