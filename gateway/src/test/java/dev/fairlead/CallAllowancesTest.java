package dev.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.admin.view.Explainer.Caller;
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
import dev.fairlead.data.call.CreditBucket;
import dev.fairlead.data.call.CreditBucket.Left;
import dev.fairlead.data.limit.CallLimits;
import dev.fairlead.data.limit.DailyUse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

    @ParameterizedTest
    @MethodSource("left")
    void whatIsLeftIsSaidWithWhatItCountsOrWhyItIsNotKnown(Left left, @Nullable Long credits, String note) {
        var sharing = new CallAllowances(
                new CallLimits((_, _) -> holding(left)),
                new DailyUse(InstantSource.system(), new AllEvents(List.of())),
                key -> "");
        var together = AccessPolicy.of(
                new PolicyPlan(
                        GeneralPolicy.NONE, List.of(), List.of(limit("of-all", Per.CHAIN)), List.of(), List.of()),
                List.of(),
                false);

        assertThat(sharing.of(together, new Caller(Tenant.PUBLIC, null, null), "mainnet", MethodTable.of("eth_call"))
                        .limits())
                .containsExactly(new Allowance.Share("of-all", "", "5/s, for each chain", credits, note));
    }

    static Stream<Arguments> left() {
        return Stream.of(
                Arguments.of(new Left.Here(3), 3L, ""),
                Arguments.of(new Left.OfAll(3), 3L, "for all gateways together, as this one last heard from Redis"),
                Arguments.of(new Left.OfPart(3), 3L, "of this gateway's part, which counts until Redis answers"),
                Arguments.of(
                        new Left.NotHeard(),
                        null,
                        "what is left Redis knows: no such call came to this gateway lately"));
    }

    @Test
    void whatDependsOnWhoCallsIsSaidToDoSo() {
        assertThat(allowances
                        .of(policy, new Caller(Tenant.PUBLIC, null, null), "mainnet", MethodTable.of("eth_call"))
                        .limits())
                .containsExactly(new Allowance.Share(
                        "of-addresses", "", "5/s, for each address", null, "what is left depends on who calls"));
    }

    private static CreditBucket holding(Left left) {
        return new CreditBucket() {
            @Override
            public long take(long credits) {
                throw new AssertionError("nothing is taken");
            }

            @Override
            public long waitFor(long credits) {
                throw new AssertionError("nobody waits");
            }

            @Override
            public void giveBack(long credits) {
                throw new AssertionError("nothing was taken");
            }

            @Override
            public Left left() {
                return left;
            }
        };
    }

    private List<String> limits(String method) {
        return allowances
                .of(policy, new Caller(Tenant.PUBLIC, null, null), "mainnet", MethodTable.of(method))
                .limits()
                .stream()
                .map(Allowance.Share::key)
                .toList();
    }

    private static Limit limit(String key, Per per) {
        return new Limit(key, List.of(per), 5, Duration.ofSeconds(1), 5, false, List.of(), null, null, Exempt.NOBODY);
    }
}
