package dev.fairlead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.cli.Gateways.Unusable;
import dev.fairlead.config.Toml;
import dev.fairlead.control.operate.Operator;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.control.store.sqlite.SqliteStore;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.support.RecordedEvents;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReloadTest {
    private static final String TENANT = Toml.NODE + "[tenants.wallet]\n";

    @TempDir
    private Path directory;

    @Test
    void aFileThatLostItsLastTenantIsRefusedAndEverythingStaysAsItWas() {
        try (SqliteStore store = SqliteStore.open(new StoreConfig(directory))) {
            Operator operator = operator(store);
            Reload reload = reload(operator, Toml.NODE);

            assertThatThrownBy(() -> reload.apply("a test"))
                    .isInstanceOfSatisfying(
                            Unusable.class,
                            unusable -> assertThat(unusable.faults())
                                    .singleElement()
                                    .asString()
                                    .startsWith("policy.public: expected a word on calls without a key")
                                    .contains("mainnet", "policy.public = true"));
            assertThat(operator.policies().now().isPublic("mainnet")).isFalse();
            assertThat(operator.policies().now().hasTenant("wallet")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aFileThatSaysWhetherItIsPublicIsTaken(boolean isPublic) {
        try (SqliteStore store = SqliteStore.open(new StoreConfig(directory))) {
            Operator operator = operator(store);

            reload(operator, Toml.NODE + "[policy]\npublic = " + isPublic + "\n")
                    .apply("a test");

            assertThat(operator.policies().now().isPublic("mainnet")).isEqualTo(isPublic);
            assertThat(operator.policies().now().hasTenant("wallet")).isFalse();
        }
    }

    private static Operator operator(SqliteStore store) {
        var operator = new Operator(store, new RecordedEvents(), InstantSource.system(), () -> false, List::of);
        operator.declareFile(Reload.declared(Toml.valid(TENANT)));
        return operator;
    }

    private static Reload reload(Operator operator, String next) {
        return new Reload(new Board<>(Toml.valid(TENANT)), () -> Toml.valid(next), operator);
    }
}
