package dev.fairlead.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.store.sqlite.SqliteStore;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthMemoryTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    Path directory;

    private Store store;
    private final Board<Fleet> fleet = new Board<>(Fleet.EMPTY);

    @BeforeEach
    void open() {
        store = SqliteStore.open(new StoreConfig(directory));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aVerdictIsRememberedWithItsReasonAndHead() {
        try (var memory = started(Duration.ofMillis(5))) {
            fleet.publish(fleet(1, ready("geth-1", 7, AT)));

            assertThat(awaited(1))
                    .containsExactly(new NodeMemory(id("geth-1"), "ready", "block 7, at the head", AT, 7L, "0x7"));
            assertThat(memory).isNotNull();
        }
    }

    @Test
    void whatWasNotYetWrittenIsWrittenAtTheEnd() {
        var memory = started(NEVER);
        fleet.publish(fleet(1, ready("geth-1", 7, AT), ready("geth-2", 8, AT)));

        memory.close();

        assertThat(store.memories()).extracting(NodeMemory::headNumber).containsExactly(7L, 8L);
    }

    @Test
    void aNodeThatIsNoLongerDeclaredIsForgotten() {
        fleet.publish(fleet(1, ready("geth-1", 7, AT), ready("geth-2", 8, AT)));
        started(NEVER).close();
        fleet.publish(fleet(2, ready("geth-2", 8, AT)));

        started(NEVER).close();

        assertThat(store.memories()).extracting(NodeMemory::node).containsExactly(id("geth-2"));
    }

    @Test
    void beforeTheFirstFleetNothingIsForgotten() {
        var memory = new NodeMemory(id("geth-1"), "ready", "block 7", AT, 7L, "0x7");
        store.remember(List.of(memory), List.of());

        started(NEVER).close();

        assertThat(store.memories()).containsExactly(memory);
    }

    @Test
    void aNodeThatIsNotJudgedYetKeepsWhatWasKnownOfIt() {
        var memory = new NodeMemory(id("geth-1"), "unreachable", "refused", AT, null, null);
        store.remember(List.of(memory), List.of());
        var unjudged = new NodeState(
                Node.of(id("geth-1"), Endpoint.of("http://geth-1")), new Verdict.Unknown("?"), null, AT, null, -1, -1);

        var writer = started(NEVER);
        fleet.publish(fleet(1, unjudged));
        writer.close();

        assertThat(store.memories()).containsExactly(memory);
    }

    private HealthMemory started(Duration round) {
        var memory = new HealthMemory(store, fleet, round, new Supervisor(Faults.TO_LOG));
        memory.start();
        return memory;
    }

    private List<NodeMemory> awaited(int count) {
        Instant end = Instant.now().plusSeconds(10);
        while (store.memories().size() != count && Instant.now().isBefore(end)) LockSupport.parkNanos(2_000_000);
        return store.memories();
    }

    private static NodeId id(String name) {
        return new NodeId("mainnet", name);
    }

    private static NodeState ready(String name, long number, Instant since) {
        var head = new Head(number, "0x" + number, AT, AT);
        Node node = Node.of(id(name), Endpoint.of("http://" + name));
        return new NodeState(node, new Verdict.Ready(head, Lag.ZERO), head, since, null, -1, 1);
    }

    private static Fleet fleet(long version, NodeState... nodes) {
        var chain = new ChainState(
                Chain.of("mainnet", 1, List.of()),
                1,
                new Reference.None("test"),
                Stream.of(nodes).toList(),
                List.of(),
                null);
        return new Fleet(version, Map.of("mainnet", chain));
    }

    @Test
    void anErrorWhileWritingDoesNotEndTheWriting() {
        var ill = new AtomicBoolean(true);
        var told = new CopyOnWriteArrayList<String>();
        var supervisor = new Supervisor((part, _, fault) -> told.add(part.word() + ": " + fault.getMessage()));
        Store failing = failing(ill, new StackOverflowError("too deep"));

        try (var memory = new HealthMemory(failing, fleet, Duration.ofMillis(5), supervisor)) {
            memory.start();
            fleet.publish(fleet(1, ready("geth-1", 7, AT)));

            assertThat(awaited(1)).hasSize(1);
        }
        assertThat(told).containsExactly("health-memory: too deep");
    }

    @Test
    void whatTheStoreRefusesIsToldAndTriedAgain() {
        var told = new CopyOnWriteArrayList<String>();
        var supervisor = new Supervisor((_, doing, fault) -> told.add(doing + ": " + fault.getMessage()));
        Store failing = failing(new AtomicBoolean(true), new StoreFailure("the disk is full"));

        try (var memory = new HealthMemory(failing, fleet, Duration.ofMillis(5), supervisor)) {
            memory.start();
            fleet.publish(fleet(1, ready("geth-1", 7, AT)));

            assertThat(awaited(1)).hasSize(1);
        }
        assertThat(told).containsExactly("what health finds cannot be written down: the disk is full");
    }

    /// The store, which fails once.
    private Store failing(AtomicBoolean ill, Throwable fault) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (_, method, arguments) -> {
                    if (method.getName().equals("remember") && ill.compareAndSet(true, false)) throw fault;
                    return method.invoke(store, arguments);
                });
    }
}
