package dev.fairlead.control.operate;

import static dev.fairlead.control.operate.Registry.WHO;
import static dev.fairlead.control.operate.Registry.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

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

    @Property(tries = 60)
    void anySequenceOfOrdersIsTheSameAfterReopening(@ForAll("sequences") List<Step> steps) throws IOException {
        Path directory = Files.createTempDirectory("fairlead-replay");
        try {
            List<ChainPlan> before;
            long revision;
            try (Registry registry = Registry.open(directory, FILE)) {
                for (Step step : steps) step.give().accept(registry.operator);
                before = registry.declared();
                revision = registry.store.revision();
                assertThat(registry.store.audit(Long.MAX_VALUE, 1_000)).hasSize((int) revision);
            }

            try (Registry registry = Registry.open(directory, FILE)) {
                assertThat(registry.declared()).isEqualTo(before);
                assertThat(registry.store.revision()).isEqualTo(revision);
            }
        } finally {
            delete(directory);
        }
    }

    @Provide
    Arbitrary<List<Step>> sequences() {
        return Arbitraries.oneOf(adds(), updates(), modes()).list().ofMaxSize(25);
    }

    private static Arbitrary<Step> adds() {
        return Combinators.combine(chains(), hosts(), Arbitraries.of(true, false))
                .as((chain, host, leader) -> new Step(
                        "add " + chain + " " + host,
                        operator -> operator.add(
                                WHO,
                                Said.url("http://" + host + ":1")
                                        .chain(chain)
                                        .leader(leader)
                                        .secrets(Map.of("x-key", host), null, null)
                                        .order())));
    }

    private static Arbitrary<Step> updates() {
        return Combinators.combine(nodes(), hosts(), Arbitraries.integers().between(0, 9))
                .as((id, host, weight) -> new Step(
                        "update " + id + " " + host,
                        operator -> operator.update(
                                WHO,
                                id,
                                Said.url("http://" + host + ":1")
                                        .numbers(Map.of("zone", host), weight, null)
                                        .order())));
    }

    private static Arbitrary<Step> modes() {
        return Combinators.combine(nodes(), Arbitraries.of("remove", "cordon", "uncordon", "drain"))
                .as((id, order) -> new Step(order + " " + id, operator -> {
                    switch (order) {
                        case "remove" -> operator.remove(WHO, id);
                        case "cordon" -> operator.cordon(WHO, id, "why");
                        case "uncordon" -> operator.uncordon(WHO, id, "");
                        default -> operator.drain(WHO, id, "");
                    }
                }));
    }

    private static Arbitrary<NodeId> nodes() {
        return Combinators.combine(chains(), hosts())
                .flatAs((chain, host) ->
                        Arbitraries.of(new NodeId(chain, host + "-1"), new NodeId(chain, "file-http-" + host + "-1")));
    }

    private static Arbitrary<String> chains() {
        return Arbitraries.of("mainnet", "sepolia");
    }

    private static Arbitrary<String> hosts() {
        return Arbitraries.of("a", "b", "c", "d");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
