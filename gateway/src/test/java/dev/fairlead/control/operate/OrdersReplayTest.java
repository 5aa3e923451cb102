package dev.fairlead.control.operate;

import static dev.fairlead.control.operate.Registry.WHO;
import static dev.fairlead.control.operate.Registry.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever is ordered, a restart finds the declarations as they were.
class OrdersReplayTest {
    private static final ChainPlan FILE = plan("mainnet", "http://a:1", "http://b:1");

    /// An order as something that can be given and shown.
    record Step(String name, Consumer<Operator> give) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void anySequenceOfOrdersIsTheSameAfterReopening() {
        Property.holds(60, any -> anySequenceOfOrdersIsTheSameAfterReopening(sequences(any)));
    }

    private void anySequenceOfOrdersIsTheSameAfterReopening(List<Step> steps) throws IOException {
        Path directory = Files.createTempDirectory("fairlead-replay");
        try {
            List<ChainPlan> before;
            MergedTenants tenants;
            long revision;
            try (Registry registry = Registry.open(directory, FILE)) {
                for (Step step : steps) step.give().accept(registry.operator);
                before = registry.declared();
                tenants = registry.operator.tenants().now();
                revision = registry.store.revision();
                assertThat(registry.store.audit(Long.MAX_VALUE, 1_000)).hasSize((int) revision);
            }

            try (Registry registry = Registry.open(directory, FILE)) {
                assertThat(registry.declared()).isEqualTo(before);
                assertThat(registry.operator.tenants().now()).isEqualTo(tenants);
                assertThat(registry.store.revision()).isEqualTo(revision);
            }
        } finally {
            delete(directory);
        }
    }

    private static List<Step> sequences(Generator any) {
        return any.list(
                0,
                25,
                () -> any.made(() -> add(any), () -> update(any), () -> mode(any), () -> tenant(any), () -> key(any)));
    }

    private static Step add(Generator any) {
        String chain = chain(any);
        String host = host(any);
        boolean leader = any.bool();
        return new Step(
                "add " + chain + " " + host,
                operator -> operator.add(
                        WHO,
                        Said.url("http://" + host + ":1")
                                .chain(chain)
                                .leader(leader)
                                .secrets(Map.of("x-key", host), null, null)
                                .order()));
    }

    private static Step update(Generator any) {
        NodeId id = node(any);
        String host = host(any);
        int weight = any.between(0, 9);
        return new Step(
                "update " + id + " " + host,
                operator -> operator.update(
                        WHO,
                        id,
                        Said.url("http://" + host + ":1")
                                .numbers(Map.of("zone", host), weight, null)
                                .order()));
    }

    private static Step mode(Generator any) {
        NodeId id = node(any);
        String order = any.oneOf("remove", "cordon", "uncordon", "drain");
        return new Step(order + " " + id, operator -> {
            switch (order) {
                case "remove" -> operator.remove(WHO, id);
                case "cordon" -> operator.cordon(WHO, id, "why");
                case "uncordon" -> operator.uncordon(WHO, id, "");
                default -> operator.drain(WHO, id, "");
            }
        });
    }

    private static Step tenant(Generator any) {
        String name = any.oneOf("dapp", "team");
        String order = any.oneOf("add", "remove", "remove by force");
        return new Step(order + " tenant " + name, operator -> {
            switch (order) {
                case "add" -> operator.addTenant(WHO, name, TenantOrder.NO_RULES);
                case "remove" -> operator.removeTenant(WHO, name, false);
                default -> operator.removeTenant(WHO, name, true);
            }
        });
    }

    private static Step key(Generator any) {
        var key = new KeyOrder(any.oneOf("dapp", "team"), any.oneOf("web", "app"), null, new KeyExpiry.Unsaid());
        String order = any.oneOf("add", "rotate", "revoke");
        return new Step(order + " " + key, operator -> {
            switch (order) {
                case "add" -> operator.addKey(WHO, key);
                case "rotate" -> operator.rotateKey(WHO, key, Duration.ofHours(1));
                default -> operator.revokeKey(WHO, key.tenant(), key.named(), null);
            }
        });
    }

    private static NodeId node(Generator any) {
        return new NodeId(chain(any), any.oneOf("", "file-http-") + host(any) + "-1");
    }

    private static String chain(Generator any) {
        return any.oneOf("mainnet", "sepolia");
    }

    private static String host(Generator any) {
        return any.oneOf("a", "b", "c", "d");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
