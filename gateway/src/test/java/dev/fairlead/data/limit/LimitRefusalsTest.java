package dev.fairlead.data.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.Limit.Exempt;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.Refusal;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitRefusalsTest {
    private static final EmbeddedChannel LOOP = new EmbeddedChannel();
    private static final Limit LIMIT = new Limit(
            "limits[0]", List.of(), 300, Duration.ofMinutes(1), 300, false, List.of(), null, null, Exempt.NOBODY);

    private final AtomicLong now = new AtomicLong(-5);
    private final LimitRefusals refusals = new LimitRefusals(now::get);

    @Test
    void aCallerIsToldHowOftenItMayCallAndHowOftenItDoes() {
        Refused first = refusals.exceeded(LIMIT, 1, call("10.0.0.1"), 1);
        for (int i = 0; i < 7; i++) refusals.exceeded(LIMIT, 1, call("10.0.0.1"), 1);
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        Refused later = refusals.exceeded(LIMIT, 1_200_000_000, call("10.0.0.1"), 1);

        assertThat(first.data()).hasToString("{\"allowed_rps\":5,\"current_rps\":6}");
        assertThat(later.data()).hasToString("{\"allowed_rps\":5,\"current_rps\":9.5}");
        assertThat(later.why()).isEqualTo(Refusal.LIMITED);
        assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(later.detail()).contains("try again in 2 s");
    }

    @Test
    void theRateIsThatOfCallsLikeThisOneAndEachCallersOwn() {
        refusals.exceeded(LIMIT, 1, call("10.0.0.1"), 1);

        assertThat(refusals.exceeded(LIMIT, 1, call("10.0.0.2"), 75).data())
                .hasToString("{\"allowed_rps\":0.067,\"current_rps\":1.067}");
    }

    @Test
    void whatWasRefusedLongAgoIsNoRateOfNow() {
        for (int i = 0; i < 100; i++) refusals.exceeded(LIMIT, 1, call("10.0.0.1"), 1);
        now.addAndGet(Duration.ofSeconds(11).toNanos());

        assertThat(refusals.daySpent("limits[0]", call("10.0.0.1"), Duration.ofHours(3)))
                .isEqualTo(new Refused(
                        Refusal.DAY_SPENT,
                        "you have called as much as you may in a day; days begin at 00:00 UTC",
                        Slice.of("{\"allowed_rps\":0,\"current_rps\":1}"),
                        Duration.ofHours(3)));
    }

    @Test
    void whoeverWaitsForGatewaysToAgreeIsToldToComeAgainSoon() {
        Refused refused = refusals.dayShared("tenants.team.daily", call("10.0.0.1"), Duration.ofSeconds(1));

        assertThat(refused.why()).isEqualTo(Refusal.LIMITED);
        assertThat(refused.detail()).isEqualTo("gateways are counting what is left of your day; try again in 1 s");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatNeverFitsNamesNoTime() {
        Refused never = refusals.exceeded(LIMIT, Long.MAX_VALUE, call("10.0.0.1"), 1_000);

        assertThat(never.retryAfter()).isZero();
        assertThat(never.detail()).contains("more credits than you may ever take");
    }

    private static Call call(String address) {
        var client = new Client(Tenant.PUBLIC, null, address, new Peer(address, 1), null, null, ErrorPolicy.NONE, null);
        return new Call(1, "mainnet", Request.of("eth_call", "[]"), client, LOOP.eventLoop(), 0, 0);
    }
}
