package dev.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fleet.Allowance;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.Limit.Exempt;
import dev.fairlead.core.policy.Limit.Per;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.telemetry.AllEvents;
import dev.fairlead.data.limit.CallLimits;
import dev.fairlead.data.limit.DailyUse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallAllowancesTest {
    private final AccessPolicy policy = AccessPolicy.of(
            new PolicyPlan(
                    GeneralPolicy.NONE,
                    List.of(),
                    List.of(limit("of-addresses", Per.ADDRESS), limit("of-senders", Per.SENDER)),
                    List.of(),
                    List.of()),
            List.of(),
            false);
    private final CallAllowances allowances = new CallAllowances(
            new CallLimits(), new DailyUse(InstantSource.system(), new AllEvents(List.of())), key -> "");

    @Test
    void limitsBySenderCountTransactionsAlone() {
        assertThat(limits("eth_sendRawTransaction")).containsExactly("of-addresses", "of-senders");
        assertThat(limits("eth_getLogs")).containsExactly("of-addresses");
    }

    private List<String> limits(String method) {
        return allowances.of(policy, Tenant.PUBLIC, "mainnet", MethodTable.of(method)).limits().stream()
                .map(Allowance.Share::key)
                .toList();
    }

    private static Limit limit(String key, Per per) {
        return new Limit(key, List.of(per), 5, Duration.ofSeconds(1), 5, false, List.of(), null, null, Exempt.NOBODY);
    }
}
