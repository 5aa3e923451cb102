package dev.fairlead.config.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.config.Toml;
import dev.fairlead.control.operate.FileDeclarations;
import dev.fairlead.control.operate.Operator;
import dev.fairlead.control.operate.OrderResult.Rejected;
import dev.fairlead.control.operate.TenantOrder;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.control.store.sqlite.SqliteStore;
import dev.fairlead.support.RecordedEvents;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules of a tenant are objected to in the same words, whether the file or an order gives them.
class OrderedTenantTest {
    private static final Map<String, TenantOrder> FAULTY = Map.of(
            "preset = \"wide\"", preset("wide"),
            "preset = \"a text that is longer than forty characters, so that it is not shown\"",
                    preset("a text that is longer than forty characters, so that it is not shown"),
            "allow = [\"debug-trace\"]", allow("debug-trace"),
            "allow = [\"*_call\"]", allow("*_call"),
            "allow = [\"\"]", allow(""),
            "rate = \"fast\"", rate("fast"),
            "rate = \"0/s\"", rate("0/s"),
            "rate = \"1/99ms\"", rate("1/99ms"),
            "burst = 5", new TenantOrder(null, null, null, null, 5L, null),
            "daily = 1000000000000000", new TenantOrder(null, null, null, null, null, 1_000_000_000_000_000L));

    private static final String HEAVY = "[policy]\ncredits = { eth_getLogs = 75 }\n";

    @TempDir
    Path directory;

    @Test
    void theWordsAreTheSame() {
        try (var store = SqliteStore.open(new StoreConfig(directory))) {
            var operator = new Operator(store, new RecordedEvents(), InstantSource.system());
            operator.declareFile(FileDeclarations.NOTHING);
            FAULTY.forEach((toml, order) -> {
                String ofFile = Toml.faults("[tenants.a]\n" + toml).getFirst();
                var ofOrder = (Rejected) operator.addTenant("me", "a", order);

                assertThat(ofFile).endsWith("tenants.a." + ofOrder.reason());
            });
        }
    }

    @Test
    void whatACallCouldNeverPassIsAFaultInBoth() {
        try (var store = SqliteStore.open(new StoreConfig(directory))) {
            var operator = new Operator(store, new RecordedEvents(), InstantSource.system());
            operator.declareFile(
                    new FileDeclarations(List.of(), Toml.valid(HEAVY).policy(), true));
            Map.of(
                            "rate = \"10/s\"", rate("10/s"),
                            "rate = \"10/s\"\nburst = 20", new TenantOrder(null, null, null, "10/s", 20L, null),
                            "daily = 70", new TenantOrder(null, null, null, null, null, 70L))
                    .forEach((toml, order) -> {
                        String ofFile =
                                Toml.faults(HEAVY + "[tenants.a]\n" + toml).getFirst();
                        var ofOrder = (Rejected) operator.addTenant("me", "a", order);

                        assertThat(ofFile)
                                .endsWith("tenants.a." + ofOrder.reason())
                                .contains("could never pass");
                    });
        }
    }

    @Test
    void whatIsClosedToATenantMayTakeMoreThanItEverHas() {
        String traces = "[policy]\ncredits = { \"debug_trace*\" = 50 }\n";
        try (var store = SqliteStore.open(new StoreConfig(directory))) {
            var operator = new Operator(store, new RecordedEvents(), InstantSource.system());
            operator.declareFile(
                    new FileDeclarations(List.of(), Toml.valid(traces).policy(), true));

            assertThat(operator.addTenant("me", "a", new TenantOrder(null, null, null, "20/s", 40L, 10L)))
                    .isNotInstanceOf(Rejected.class);
            assertThat(((Rejected) operator.updateTenant("me", "a", allow("debug_traceBlock"))).reason())
                    .startsWith("burst: a call of debug_traceBlock takes 50 credits");
        }
    }

    private static TenantOrder preset(String word) {
        return new TenantOrder(word, null, null, null, null, null);
    }

    private static TenantOrder allow(String pattern) {
        return new TenantOrder(null, List.of(pattern), null, null, null, null);
    }

    private static TenantOrder rate(String rate) {
        return new TenantOrder(null, null, null, rate, null, null);
    }
}
