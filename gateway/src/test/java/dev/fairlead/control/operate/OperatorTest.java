package dev.fairlead.control.operate;

import static dev.fairlead.control.operate.Registry.WHO;
import static dev.fairlead.control.operate.Registry.done;
import static dev.fairlead.control.operate.Registry.plan;
import static dev.fairlead.control.operate.Registry.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.operate.OrderResult.Cause;
import dev.fairlead.control.operate.OrderResult.Rejected;
import dev.fairlead.control.store.AuditLine;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.TenantPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTest {
    private static final NodeId GETH = new NodeId("mainnet", "geth-1");

    @TempDir
    Path directory;

    @Test
    void theFirstNodeMakesTheChainThatNobodyNamed() {
        try (Registry registry = Registry.open(directory)) {
            Node node = registry.add("http://10.0.0.5:8545");

            assertThat(node.id()).isEqualTo(new NodeId("default", "10-0-0-5-8545"));
            assertThat(node.origin()).isEqualTo(Node.Origin.ADDED);
            assertThat(registry.declared()).singleElement().satisfies(plan -> {
                assertThat(plan.chain()).isEqualTo(Chain.of("default", 0, List.of()));
                assertThat(plan.groups()).containsExactly(Group.DEFAULT);
            });
        }
    }

    @Test
    void aNodeWithoutAChainJoinsTheOnlyOne() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            assertThat(registry.add("http://b:1").id()).isEqualTo(new NodeId("mainnet", "b-1"));
        }
    }

    @Test
    void aNodeWithoutAChainIsRefusedWhereThereAreSeveral() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"), plan("sepolia"))) {
            Rejected rejected = rejected(registry.operator.add(WHO, NodeOrder.to("http://b:1")));

            assertThat(rejected.cause()).isEqualTo(Cause.INVALID);
            assertThat(rejected.reason()).contains("mainnet, sepolia");
        }
    }

    @Test
    void aChainThatIsNamedAndNotDeclaredComesIntoBeingWithItsIdAndGoesWithItsLastNode() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            Node node = registry.add(
                    Said.url("http://b:1").chain("sepolia").chainId(11155111).order());
            assertThat(registry.declared().getLast().chain().declaredId()).isEqualTo(11155111);

            done(registry.operator.remove(WHO, node.id()));

            assertThat(registry.declared())
                    .extracting(plan -> plan.chain().name())
                    .containsExactly("mainnet");
        }
    }

    @Test
    void aNodeOfAnotherChainIdThanItsChainIsRefused() {
        try (Registry registry = Registry.open(directory)) {
            registry.add(Said.url("http://a:1").chain("mainnet").chainId(1).order());

            Rejected rejected = rejected(registry.operator.add(
                    WHO, Said.url("http://b:1").chain("mainnet").chainId(5).order()));

            assertThat(rejected.cause()).isEqualTo(Cause.CONFLICT);
            assertThat(rejected.reason()).contains("has the id 1, found 5");
        }
    }

    @Test
    void theSameUrlIsRefusedWithTheNodeThatHasIt() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://geth:80"))) {
            Rejected rejected = rejected(registry.operator.add(WHO, NodeOrder.to("http://GETH/")));

            assertThat(rejected.cause()).isEqualTo(Cause.CONFLICT);
            assertThat(rejected.reason()).contains("mainnet/file-http-geth-80");
        }
    }

    @Test
    void theSameUrlMayServeTwoChains() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://geth:80"), plan("other"))) {
            registry.add(Said.url("http://geth:80").chain("other").order());

            assertThat(registry.nodes()).containsExactly("mainnet/file-http-geth-80", "other/geth-80");
        }
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        try (Registry registry = Registry.open(directory)) {
            registry.add(Said.url("http://a:1").name("geth").order());

            Rejected rejected = rejected(registry.operator.add(
                    WHO, Said.url("http://b:1").name("geth").order()));

            assertThat(rejected.cause()).isEqualTo(Cause.CONFLICT);
        }
    }

    @Test
    void anAddedLeaderMeasuresItsChainAfterTheFilesLeaders() {
        var file = new ChainPlan(
                Chain.of("mainnet", 1, List.of("first")),
                List.of(Node.of(new NodeId("mainnet", "first"), Endpoint.of("http://first"))),
                List.of());
        try (Registry registry = Registry.open(directory, file)) {
            Node node = registry.add(Said.url("http://b:1").leader(true).order());
            assertThat(registry.declared().getFirst().chain().leaders()).containsExactly("first", "b-1");

            done(registry.operator.update(
                    WHO, node.id(), Said.nothing().leader(false).order()));

            assertThat(registry.declared().getFirst().chain().leaders()).containsExactly("first");
        }
    }

    @Test
    void aNodeThatAGroupDoesNotListIsAddedWithARemark() {
        var group = new Group("default", List.of("a"), Group.Strategy.ORDERED, List.of());
        var file = new ChainPlan(Chain.of("mainnet", 1, List.of()), List.of(), List.of(group));
        try (Registry registry = Registry.open(directory, file)) {
            var done = done(registry.operator.add(WHO, NodeOrder.to("http://b:1")));

            assertThat(done.remarks()).singleElement().asString().contains("gets no calls until it stands there");
        }
    }

    @Test
    void anUpdateChangesWhatItSaysAndKeepsNameModeAndPlace() {
        try (Registry registry = Registry.open(directory)) {
            Node node = registry.add("http://a:1");
            registry.add("http://b:1");
            registry.operator.cordon(WHO, node.id(), "");

            done(registry.operator.update(
                    WHO,
                    node.id(),
                    Said.url("http://c:1").numbers(null, 7, null).order()));

            assertThat(registry.nodes()).containsExactly("default/a-1", "default/b-1");
            Node updated = registry.node(node.id());
            assertThat(updated.endpoint().http()).hasToString("http://c:1");
            assertThat(updated.weight()).isEqualTo(7);
            assertThat(updated.mode()).isEqualTo(Node.Mode.CORDONED);
        }
    }

    @Test
    void aNodeThatIsTheGatewayItselfIsDeclaredWithARemark() {
        try (Registry registry = Registry.open(directory)) {
            var added = done(registry.operator.add(WHO, NodeOrder.to("http://localhost:8081")));
            Node other = registry.add("http://a:1");
            var updated = done(registry.operator.update(
                    WHO, other.id(), Said.url("http://127.0.0.1:8081/x").order()));

            assertThat(added.remarks()).singleElement().asString().contains("the gateway itself", "admin.listen");
            assertThat(updated.remarks()).isEqualTo(added.remarks());
        }
    }

    @Test
    void aNodeOfTheCommandLineIsChangedThere() {
        var id = new NodeId("default", "a");
        Node given = new Node(
                id,
                Node.Role.OWN,
                Endpoint.of("http://a:1"),
                Map.of(),
                1,
                1,
                Node.Mode.SERVING,
                Node.Origin.COMMAND_LINE);
        var plan = new ChainPlan(Chain.of("default", 0, List.of()), List.of(given), List.of());
        try (Registry registry = Registry.open(directory, plan)) {
            var removed = rejected(registry.operator.remove(WHO, id));
            var updated = rejected(registry.operator.update(WHO, id, NodeOrder.to("http://b:1")));

            assertThat(List.of(removed, updated)).allSatisfy(told -> {
                assertThat(told.reason()).contains("--node").doesNotContain("file");
                assertThat(told.remedy()).contains("start the gateway again");
            });
        }
    }

    @Test
    void aNodeOfTheDemoIsSaidToBeOne() {
        var id = new NodeId("demo", "steady");
        Node given = new Node(
                id, Node.Role.OWN, Endpoint.of("http://a:1"), Map.of(), 1, 1, Node.Mode.SERVING, Node.Origin.DEMO);
        var plan = new ChainPlan(Chain.of("demo", 0, List.of()), List.of(given), List.of());
        try (Registry registry = Registry.open(directory, plan)) {
            var removed = rejected(registry.operator.remove(WHO, id));

            assertThat(removed.reason()).contains("demo's simulated nodes").doesNotContain("file");
            assertThat(removed.remedy()).contains("cordon").doesNotContain("file");
        }
    }

    @Test
    void anUpdateThatChangesNothingIsNoOrder() {
        try (Registry registry = Registry.open(directory)) {
            Node node = registry.add("http://a:1");
            long version = registry.operator.board().now().version();

            var done = done(registry.operator.update(
                    WHO, node.id(), Said.url("http://a:1").order()));

            assertThat(done.remarks()).containsExactly("nothing changed");
            assertThat(registry.operator.board().now().version()).isEqualTo(version);
            assertThat(registry.store.audit(Long.MAX_VALUE, 10)).hasSize(1);
        }
    }

    @Test
    void anUpdateToTheUrlOfAnotherNodeIsRefused() {
        try (Registry registry = Registry.open(directory)) {
            Node node = registry.add("http://a:1");
            registry.add("http://b:1");

            Rejected rejected = rejected(registry.operator.update(WHO, node.id(), NodeOrder.to("http://b:1")));

            assertThat(rejected.reason()).contains("default/b-1");
        }
    }

    @Test
    void theFileOwnsItsNodesAndOnlyTheirModeIsAtHand() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            var id = new NodeId("mainnet", "file-http-a-1");

            Rejected removed = rejected(registry.operator.remove(WHO, id));
            Rejected updated = rejected(registry.operator.update(WHO, id, NodeOrder.to("http://b:1")));
            done(registry.operator.drain(WHO, id, "kernel update"));

            assertThat(removed.cause()).isEqualTo(Cause.CONFLICT);
            assertThat(removed.reason()).contains("configuration file, which owns it");
            assertThat(updated.remedy()).contains("reload");
            assertThat(registry.node(id).mode()).isEqualTo(Node.Mode.DRAINING);
        }
    }

    @Test
    void aNodeThatDoesNotExistIsUnknownToEveryOrder() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            assertThat(List.of(
                            registry.operator.remove(WHO, GETH),
                            registry.operator.update(WHO, GETH, NodeOrder.to("http://b:1")),
                            registry.operator.cordon(WHO, GETH, ""),
                            registry.operator.uncordon(WHO, GETH, ""),
                            registry.operator.drain(WHO, GETH, "")))
                    .allSatisfy(result -> assertThat(rejected(result).cause()).isEqualTo(Cause.UNKNOWN));
        }
    }

    @Test
    void cordoningTheLastNodeThatServesIsDoneWithARemark() {
        try (Registry registry = Registry.open(directory)) {
            Node node = registry.add("http://a:1");

            var done = done(registry.operator.cordon(WHO, node.id(), ""));

            assertThat(Registry.node(done).mode()).isEqualTo(Node.Mode.CORDONED);
            assertThat(done.remarks()).containsExactly("no other node of default may serve now");
        }
    }

    @Test
    void aNodeAddedUnderTheNameOfOneThatWasCordonedServes() {
        try (Registry registry = Registry.open(directory)) {
            Node node = registry.add("http://a:1");
            registry.operator.cordon(WHO, node.id(), "");
            registry.operator.remove(WHO, node.id());

            assertThat(registry.add("http://a:1").mode()).isEqualTo(Node.Mode.SERVING);
            assertThat(registry.node(node.id()).mode()).isEqualTo(Node.Mode.SERVING);
        }
    }

    @Test
    void aReloadThatOpensWhatWasClosedSaysSo() {
        try (Registry registry = Registry.open(directory)) {
            List<ChainPlan> chains = List.of(plan("mainnet", "http://a:1"));
            var tenants = List.of(new TenantPlan("team", MethodPolicy.NONE));
            PolicyPlan none = PolicyPlan.NONE;
            var plan = new PolicyPlan(none.general(), none.routes(), none.limits(), tenants, List.of());
            registry.operator.declareFile(new FileDeclarations(chains, plan, true));

            assertThat(registry.operator.reload(WHO, new FileDeclarations(chains, plan, true), List.of()))
                    .isEmpty();
            assertThat(registry.operator.wouldOpen(new FileDeclarations(chains, plan, true)))
                    .isEmpty();
            assertThat(registry.operator.wouldOpen(new FileDeclarations(chains, none, true)))
                    .containsExactly("mainnet");
            assertThat(registry.operator.reload(WHO, new FileDeclarations(chains, none, true), List.of()))
                    .satisfiesExactly(
                            open -> assertThat(open).contains("without a key are served on mainnet", "no tenant"),
                            local -> assertThat(local).contains("preset is local on mainnet"));
            assertThat(registry.operator.wouldOpen(new FileDeclarations(chains, none, true)))
                    .isEmpty();
        }
    }

    @Test
    void theFileWinsOverANodeOfTheSameNameAndSaysSo() {
        try (Registry registry = Registry.open(directory)) {
            registry.add(
                    Said.url("http://added:1").chain("mainnet").name("geth-1").order());
            var file = new ChainPlan(
                    Chain.of("mainnet", 1, List.of()), List.of(Node.of(GETH, Endpoint.of("http://file:1"))), List.of());

            List<String> remarks = registry.operator.reload(WHO, FileDeclarations.of(List.of(file)), List.of());

            assertThat(remarks)
                    .singleElement()
                    .asString()
                    .contains("a node of that name")
                    .contains("mainnet/geth-1");
            assertThat(registry.node(GETH).endpoint().http()).hasToString("http://file:1");
            assertThat(done(registry.operator.remove(WHO, GETH)).remarks())
                    .singleElement()
                    .asString()
                    .contains("the file's mainnet/geth-1 stays");
            assertThat(registry.operator.declareFile(FileDeclarations.of(List.of(file))))
                    .isEmpty();
        }
    }

    @Test
    void theFileWinsOverANodeOfTheSameUrlAndTheOtherComesBackWithoutIt() {
        try (Registry registry = Registry.open(directory)) {
            registry.add(Said.url("http://a:1").chain("mainnet").order());

            List<String> remarks =
                    registry.operator.declareFile(FileDeclarations.of(List.of(plan("mainnet", "http://a:1"))));
            assertThat(registry.nodes()).containsExactly("mainnet/file-http-a-1");
            assertThat(remarks).singleElement().asString().contains("its URL as mainnet/file-http-a-1");

            registry.operator.declareFile(FileDeclarations.of(List.of(plan("mainnet"))));
            assertThat(registry.nodes()).containsExactly("mainnet/a-1");
        }
    }

    @Test
    void addedNodesOutliveTheirChainsPlaceInTheFile() {
        try (Registry registry = Registry.open(directory, plan("mainnet", "http://a:1"))) {
            registry.add("http://b:1");

            List<String> remarks = registry.operator.declareFile(FileDeclarations.NOTHING);

            assertThat(registry.nodes()).containsExactly("mainnet/b-1");
            assertThat(remarks).singleElement().asString().contains("chain mainnet is not in the file any more");
        }
    }

    @Test
    void theModeOfAFilesNodeSurvivesReloadAndRestart() {
        var file = plan("mainnet", "http://a:1");
        var id = new NodeId("mainnet", "file-http-a-1");
        try (Registry registry = Registry.open(directory, file)) {
            registry.operator.cordon(WHO, id, "");
            registry.operator.declareFile(FileDeclarations.of(List.of(file)));
            assertThat(registry.node(id).mode()).isEqualTo(Node.Mode.CORDONED);
        }

        try (Registry registry = Registry.open(directory, file)) {
            assertThat(registry.node(id).mode()).isEqualTo(Node.Mode.CORDONED);
        }
    }

    @Test
    void everyOrderGrowsTheVersionAndReachesTheReadersBeforeItIsAcknowledged() {
        try (Registry registry = Registry.open(directory)) {
            var seen = new ArrayList<Long>();
            registry.operator.board().onPublish(declared -> seen.add(declared.version()));
            long before = registry.operator.board().now().version();

            Node node = registry.add("http://a:1");
            assertThat(seen).containsExactly(before + 1);
            registry.operator.cordon(WHO, node.id(), "");

            assertThat(seen).containsExactly(before + 1, before + 2);
        }
    }

    @Test
    void theAuditTrailSaysWhoOrderedWhatWhenAndWhy() {
        try (Registry registry = Registry.open(directory)) {
            Node node = registry.add(Said.url("http://a:1").name("geth-1").order());
            registry.operator.update(
                    "token:deploy",
                    node.id(),
                    Said.nothing().numbers(null, 50, null).order());
            registry.operator.drain("loopback:bob", node.id(), "disk\nswap");
            registry.operator.reload("signal", FileDeclarations.of(List.of()), List.of("limits.body: 1 → 2"));

            assertThat(registry.store.audit(Long.MAX_VALUE, 10))
                    .containsExactly(
                            line(4, "signal", "reload", null, "limits.body: 1 → 2"),
                            line(3, "loopback:bob", "drain", "geth-1", "disk swap"),
                            line(2, "token:deploy", "update", "geth-1", "weight 100 → 50"),
                            line(1, WHO, "add", "geth-1", "url http://a:1, role own, weight 100, capacity 256"));
            assertThat(registry.events.orders)
                    .contains(
                            "token:deploy: updated default/geth-1 (weight 100 → 50)",
                            "loopback:bob: draining default/geth-1 (disk swap)");
        }
    }

    private static AuditLine line(long serial, String who, String what, @Nullable String node, String details) {
        return new AuditLine(serial, Registry.AT, who, what, node == null ? null : "default", node, details);
    }

    @Test
    void noSecretReachesTheAuditTrailTheEventsOrARefusal() {
        try (Registry registry = Registry.open(directory)) {
            var secrets = Map.of("x-api-key", "SECRET-header");
            Said said = Said.url(
                            "https://SECRET-user:SECRET-pass@rpc.example/v3/SECRET0123456789abcdef?key=SECRET-query")
                    .ws("wss://rpc.example/ws/SECRET0123456789abcdef?key=SECRET-query")
                    .name("rented")
                    .secrets(secrets, null, null);
            Node node = registry.add(said.order());
            registry.operator.update(
                    WHO,
                    node.id(),
                    Said.url("https://rpc.example/v3/SECRETfedcba9876543210")
                            .secrets(Map.of("x-api-key", "SECRET-new"), new BasicAuth("SECRET-u", "SECRET-p"), null)
                            .order());
            List<OrderResult> refusals = List.of(
                    registry.operator.add(
                            WHO,
                            Said.url("https://rpc.example/v3/SECRETfedcba9876543210")
                                    .order()),
                    registry.operator.add(
                            WHO, Said.url("https://u:SECRET pw@rpc.example").order()),
                    registry.operator.add(WHO, Said.url("SECRET://rpc.example").order()),
                    registry.operator.add(
                            WHO,
                            Said.url("http://b:1")
                                    .secrets(Map.of("x-key", "SECRET\n"), null, null)
                                    .order()));
            registry.operator.remove(WHO, node.id());

            assertThat(registry.store.audit(Long.MAX_VALUE, 10))
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line.toString()).doesNotContainIgnoringCase("secret"));
            assertThat(registry.events.orders)
                    .hasSize(3)
                    .allSatisfy(told -> assertThat(told).doesNotContain("SECRET"));
            assertThat(refusals)
                    .allSatisfy(
                            refusal -> assertThat(rejected(refusal).toString()).doesNotContain("SECRET"));
            assertThat(said.order().toString()).doesNotContain("SECRET");
        }
    }

    @Test
    void tlsFilesThatCannotBeReadAreRefusedBeforeAnythingIsWritten() {
        try (Registry registry = Registry.open(directory)) {
            var tls = new Tls(directory.resolve("missing.pem").toAbsolutePath(), null, null);

            Rejected rejected = rejected(registry.operator.add(
                    WHO, Said.url("https://a").secrets(null, null, tls).order()));

            assertThat(rejected.reason()).contains("missing.pem");
            assertThat(registry.store.stored().nodes()).isEmpty();
        }
    }

    @Test
    void ordersGivenAtTheSameTimeAreAllCarriedOut() throws Exception {
        int orders = 60;
        try (Registry registry = Registry.open(directory);
                Registry other = Registry.open(directory);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<OrderResult>> all = IntStream.range(0, orders)
                    .<Callable<OrderResult>>mapToObj(i -> () -> (i % 2 == 0 ? registry : other)
                            .operator.add(WHO, NodeOrder.to("http://node:" + (1000 + i))))
                    .toList();

            for (Future<OrderResult> ordered : threads.invokeAll(all)) done(ordered.get());

            registry.operator.refresh();
            assertThat(registry.nodes()).hasSize(orders);
            assertThat(registry.store.audit(Long.MAX_VALUE, 100)).hasSize(orders);
            assertThat(registry.store.revision()).isEqualTo(orders);
        }
    }

    @Test
    void theSameUrlOrderedTwiceAtTheSameTimeIsAddedOnce() throws Exception {
        try (Registry registry = Registry.open(directory);
                Registry other = Registry.open(directory);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<OrderResult>> all = List.of(
                    () -> registry.operator.add(WHO, NodeOrder.to("http://node:1")),
                    () -> other.operator.add(WHO, NodeOrder.to("http://node:1")));

            List<OrderResult> ended =
                    threads.invokeAll(all).stream().map(Future::resultNow).toList();

            assertThat(ended).filteredOn(OrderResult.Done.class::isInstance).hasSize(1);
            assertThat(registry.store.stored().nodes()).hasSize(1);
        }
    }

    @Test
    void aGatewayBesideThisOneIsFollowed() {
        try (Registry registry = Registry.open(directory);
                Registry other = Registry.open(directory);
                var storeFollower =
                        new StoreFollower(registry.operator, Duration.ofMillis(5), new Supervisor(Faults.TO_LOG))) {
            var seen = new CountDownLatch(1);
            registry.operator.board().onPublish(_ -> seen.countDown());
            storeFollower.start();

            other.add("http://a:1");

            assertThat(seen)
                    .satisfies(latch ->
                            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue());
            assertThat(registry.nodes()).containsExactly("default/a-1");
        }
    }

    @Test
    void anOrderThatCannotBeKeptIsNotCarriedOut() {
        try (Registry registry = Registry.open(directory)) {
            registry.store.close();

            Rejected rejected = rejected(registry.operator.add(WHO, NodeOrder.to("http://a:1")));

            assertThat(rejected.cause()).isEqualTo(Cause.STORE);
            assertThat(registry.nodes()).isEmpty();
        }
    }
}
