package dev.fairlead.control.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.store.AddedTenant;
import dev.fairlead.control.store.StoreChange.TenantKept;
import dev.fairlead.control.store.StoredDeclarations;
import dev.fairlead.core.policy.MethodPattern;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.text.KeyPlaces;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenerTest {
    private static final Instant AT = Instant.EPOCH;

    @Test
    void whatOpensAMethodIsSaidForTheTenantAloneWhereThatIsPossible() {
        MethodPolicy traces = new MethodPolicy(null, List.of(new MethodPattern("trace_*")), List.of());
        PolicyPlan none = PolicyPlan.NONE;
        var file = new PolicyPlan(
                none.general(),
                none.routes(),
                none.limits(),
                List.of(new TenantPlan("dapp", MethodPolicy.NONE)),
                List.of());
        StoredDeclarations stored = StoredDeclarations.nothing(0)
                .after(List.of(
                        new TenantKept(new AddedTenant("wallet", AT)),
                        new TenantKept(new AddedTenant(new TenantPlan("explorer", traces), AT, null, AT))));

        MergedTenants merged = MergedTenants.of(file, KeyPlaces.NONE, stored);

        assertThat(merged.opener("dapp", "debug_x")).isEqualTo("tenants.dapp.allow = [\"debug_x\"] opens it");
        assertThat(merged.opener("public", "debug_x")).isEqualTo("policy.allow = [\"debug_x\"] opens it");
        assertThat(merged.opener("wallet", "debug_x"))
                .isEqualTo("fairlead tenants update wallet --allow debug_x opens it");
        assertThat(merged.opener("explorer", "debug_x"))
                .isEqualTo("fairlead tenants update explorer --allow debug_x, with --allow for each pattern that it"
                        + " has, opens it");
    }
}
