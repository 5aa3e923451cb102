package dev.fairlead.control.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.operate.OrderResult.Done;
import dev.fairlead.control.operate.OrderResult.Rejected;
import dev.fairlead.control.store.Store;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.control.store.sqlite.SqliteStore;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.url.OwnAddress;
import dev.fairlead.support.RecordedEvents;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// An operator over a real store in a directory, with what it told.
final class Registry implements AutoCloseable {
    static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    static final String WHO = "loopback:alice";

    final Store store;
    final Operator operator;
    final RecordedEvents events = new RecordedEvents();

    private Registry(Store store) {
        this.store = store;
        this.operator = new Operator(
                store,
                events,
                InstantSource.fixed(AT),
                () -> false,
                () -> List.of(new OwnAddress(OwnListener.ADMIN, new InetSocketAddress("127.0.0.1", 8081))));
    }

    static Registry open(Path directory, ChainPlan... file) {
        return open(directory, FileDeclarations.of(List.of(file)));
    }

    static Registry open(Path directory, FileDeclarations file) {
        var registry = new Registry(SqliteStore.open(new StoreConfig(directory)));
        registry.operator.declareFile(file);
        return registry;
    }

    static ChainPlan plan(String chain, String... urls) {
        List<Node> nodes = Stream.of(urls)
                .map(url -> Node.of(new NodeId(chain, "file-" + url.replaceAll("[^a-z0-9]+", "-")), Endpoint.of(url)))
                .toList();
        return new ChainPlan(Chain.of(chain, 0, List.of()), nodes, List.of());
    }

    Node add(NodeOrder order) {
        return node(done(operator.add(WHO, order)));
    }

    Node add(String url) {
        return add(NodeOrder.to(url));
    }

    List<ChainPlan> declared() {
        return operator.board().now().chains();
    }

    List<String> nodes() {
        return declared().stream()
                .flatMap(plan -> plan.nodes().stream())
                .map(node -> node.id().toString())
                .toList();
    }

    Node node(NodeId id) {
        return declared().stream()
                .flatMap(plan -> plan.nodes().stream())
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static Done done(OrderResult result) {
        assertThat(result).isInstanceOf(Done.class);
        return (Done) result;
    }

    static Node node(Done done) {
        return ((Subject.OfNode) done.subject()).node();
    }

    static Rejected rejected(OrderResult result) {
        assertThat(result).isInstanceOf(Rejected.class);
        return (Rejected) result;
    }

    @Override
    public void close() {
        store.close();
    }
}
