package dev.fairlead.data.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.allow.OriginPattern;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.Limit.Exempt;
import dev.fairlead.core.policy.Limit.Per;
import dev.fairlead.core.policy.LimitPreset;
import dev.fairlead.core.policy.MethodPattern;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.CreditBucket.Left;
import dev.fairlead.data.limit.CallLimits.Exceeded;
import io.github.bucket4j.TimeMeter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallLimitsTest {
    private final Clock clock = new Clock();
    private final CallLimits limits = new CallLimits(clock);

    @Test
    void asManyAsTheBurstAtOnceAndThenEvenly() {
        Limit limit = limit(10, Duration.ofSeconds(1), 5, List.of(Per.ADDRESS));

        assertThat(let(limit, 8, call("eth_call"))).isEqualTo(5);
        assertThat(TimeUnit.NANOSECONDS.toMillis(
                        exceeded(limit, call("eth_call")).nanos()))
                .isEqualTo(100);
        clock.pass(Duration.ofMillis(300));
        assertThat(let(limit, 8, call("eth_call"))).isEqualTo(3);
        clock.pass(Duration.ofHours(1));
        assertThat(let(limit, 8, call("eth_call"))).isEqualTo(5);
    }

    @Test
    void whatIsLeftIsToldAndNotTaken() {
        Limit together = limit(10, Duration.ofHours(1), 5, List.of());
        Limit apart = limit(10, Duration.ofHours(1), 5, List.of(Per.TENANT, Per.CHAIN, Per.METHOD));

        assertThat(let(together, 2, call("eth_call"))).isEqualTo(2);
        assertThat(let(apart, 3, call("eth_call"))).isEqualTo(3);

        for (int twice = 0; twice < 2; twice++) {
            assertThat(left(together, "eth_gasPrice")).isEqualTo(new Left.Here(3));
            assertThat(left(apart, "eth_call")).isEqualTo(new Left.Here(2));
            assertThat(left(apart, "eth_gasPrice")).isEqualTo(new Left.Here(5));
        }
        assertThat(left(limit(10, Duration.ofHours(1), 5, List.of(Per.ADDRESS)), "eth_call"))
                .isEqualTo(new Left.OfCaller());
        assertThat(left(limit(10, Duration.ofHours(1), 5, List.of(Per.TENANT, Per.KEY)), "eth_call"))
                .isEqualTo(new Left.OfCaller());
    }

    private Left left(Limit limit, String method) {
        return limits.left(limit.identified(), Tenant.PUBLIC, "mainnet", method);
    }

    @Test
    void allComeBackAtTheEndOfAFixedWindow() {
        Limit limit = LimitPreset.PUBLIC_NODE.limit();
        clock.at(Instant.parse("2026-01-01T10:04:00Z"));

        assertThat(let(limit, 2_100, call("eth_call"))).isEqualTo(2_000);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(
                        exceeded(limit, call("eth_call")).nanos()))
                .isEqualTo(60);
        clock.at(Instant.parse("2026-01-01T10:04:59.999Z"));
        assertThat(let(limit, 1, call("eth_call"))).isZero();
        clock.at(Instant.parse("2026-01-01T10:05:00Z"));
        assertThat(let(limit, 2_100, call("eth_call"))).isEqualTo(2_000);
    }

    @Test
    void aDayIsOneOfUtc() {
        Limit limit = new Limit("l", List.of(), 3, Duration.ofDays(1), 3, true, List.of(), null, null, Exempt.NOBODY);
        clock.at(Instant.parse("2026-01-01T23:59:59Z"));

        assertThat(let(limit, 5, call("eth_call"))).isEqualTo(3);
        clock.at(Instant.parse("2026-01-02T00:00:00Z"));
        assertThat(let(limit, 5, call("eth_call"))).isEqualTo(3);
    }

    @Test
    void whatIsCountedApartDoesNotDisturbEachOther() {
        Limit perAddress = limit(2, Duration.ofHours(1), 2, List.of(Per.ADDRESS));
        Limit perMethodAndAddress = limit(2, Duration.ofHours(1), 2, List.of(Per.METHOD, Per.ADDRESS));
        Limit together = limit(2, Duration.ofHours(1), 2, List.of());

        assertThat(Stream.of("10.0.0.1", "10.0.0.2").map(at -> let(perAddress, 3, call("eth_call", at))))
                .containsExactly(2, 2);
        assertThat(let(perMethodAndAddress, 3, call("eth_call"))).isEqualTo(2);
        assertThat(let(perMethodAndAddress, 3, call("eth_getLogs"))).isEqualTo(2);
        assertThat(let(perMethodAndAddress, 3, call("eth_call", "10.0.0.2"))).isEqualTo(2);
        assertThat(let(together, 2, call("eth_call", "10.0.0.1"))).isEqualTo(2);
        assertThat(let(together, 2, call("eth_call", "10.0.0.2"))).isZero();
    }

    @Test
    void aHeavyCallTakesMoreAndOneThatNeverFitsIsToldSo() {
        Limit limit = limit(100, Duration.ofHours(1), 100, List.of(Per.ADDRESS));

        assertThat(limits.take(List.of(limit.identified()), call("eth_getLogs"), 75))
                .isNull();
        assertThat(limits.take(List.of(limit.identified()), call("eth_getLogs"), 75))
                .isNotNull();
        assertThat(limits.take(List.of(limit.identified()), call("eth_call"), 25))
                .isNull();
        Exceeded never = Objects.requireNonNull(limits.take(List.of(limit.identified()), call("debug_traceCall"), 101));
        assertThat(never.nanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatOneLimitRefusesTakesNothingOfTheOthers() {
        Limit wide = limit(10, Duration.ofHours(1), 10, List.of(Per.ADDRESS));
        Limit narrow = limit(1, Duration.ofHours(1), 1, List.of(Per.METHOD));

        for (int i = 0; i < 50; i++) limits.take(List.of(wide.identified(), narrow.identified()), call("eth_call"), 1);

        assertThat(let(wide, 20, call("eth_getLogs"))).isEqualTo(9);
    }

    @Test
    void theWholeBurstFitsWhateverTheRate() {
        for (long rate : List.of(3L, 7L, 11L, 997L, 1_000_003L)) {
            for (long burst : List.of(1L, 3L, 1_000L)) {
                Limit limit = limit(rate, Duration.ofSeconds(1), burst, List.of(Per.ADDRESS));

                assertThat(let(limit, (int) burst + 5, call("eth_call", "10.0.0." + burst)))
                        .as("%s a second, burst %s", rate, burst)
                        .isEqualTo((int) burst);
            }
        }
    }

    @Test
    void whatIsTakenInALongTimeIsTheRate() {
        Limit limit = limit(7, Duration.ofSeconds(1), 7, List.of(Per.ADDRESS));
        int let = 0;
        for (int i = 0; i < 10_000; i++) {
            let += let(limit, 3, call("eth_call"));
            clock.pass(Duration.ofMillis(33));
        }

        assertThat(let).isBetween(2_310, 2_318);
    }

    @Test
    void aClockThatIsSetBackBringsNothingBack() {
        Limit limit = LimitPreset.PUBLIC_NODE.limit();
        clock.at(Instant.parse("2026-01-01T10:05:00Z"));
        assertThat(let(limit, 2_100, call("eth_call"))).isEqualTo(2_000);

        clock.at(Instant.parse("2026-01-01T10:04:59Z"));
        assertThat(let(limit, 1, call("eth_call"))).isZero();
        clock.at(Instant.parse("2026-01-01T10:05:00Z"));
        assertThat(let(limit, 1, call("eth_call"))).isZero();
    }

    @Test
    void manyConnectionsOfOneCallerAndManyThreadsTakeTogether() throws InterruptedException {
        for (boolean isFixed : List.of(true, false)) {
            var limit = new Limit(
                    "l",
                    List.of(Per.ADDRESS),
                    1_000,
                    Duration.ofDays(1),
                    1_000,
                    isFixed,
                    List.of(),
                    null,
                    null,
                    Exempt.NOBODY);
            var let = new AtomicInteger();
            var connections = new ArrayList<Thread>();
            for (int i = 0; i < 4; i++) {
                Call call = call("eth_call");
                connections.add(Thread.ofPlatform().start(() -> let.addAndGet(let(limit, 500, call))));
            }
            for (Thread connection : connections) connection.join();

            assertThat(let.get()).isEqualTo(1_000);
        }
    }

    @Test
    void whatIsKeptOfACallerIsOfThatLimitAndMethod() {
        Client caller = call("eth_call").client();
        List<Limit.Identified> perMethod = List.of(limit(2, Duration.ofHours(1), 2, List.of(Per.ADDRESS, Per.METHOD))
                .identified());
        List<Limit.Identified> narrow =
                List.of(limit(1, Duration.ofHours(1), 1, List.of(Per.ADDRESS)).identified());
        List<Limit.Identified> wide =
                List.of(limit(4, Duration.ofHours(1), 4, List.of(Per.ADDRESS)).identified());

        for (String method : List.of("eth_call", "eth_getLogs")) {
            assertThat(let(perMethod, 3, call(method, caller))).as(method).isEqualTo(2);
        }
        assertThat(let(narrow, 3, call("eth_call", caller))).isEqualTo(1);
        assertThat(let(wide, 5, call("eth_call", caller))).isEqualTo(4);
        assertThat(let(narrow, 3, call("eth_call", caller))).isZero();
    }

    private static List<OriginPattern> origins(String text) {
        return List.of(((OriginPattern.Parsed.Good) OriginPattern.parse(text)).pattern());
    }

    @Test
    void onlyTheMethodsThatItNamesCountAndTheExemptDoNot() {
        Limit logs = new Limit(
                "l",
                List.of(Per.ADDRESS),
                1,
                Duration.ofHours(1),
                1,
                false,
                List.of(new MethodPattern("eth_getLogs")),
                null,
                null,
                new Exempt(origins("https://*.example.com"), List.of("uptime-*"), List.of()));

        assertThat(let(logs, 9, call("eth_call"))).isEqualTo(9);
        assertThat(let(logs, 9, call("eth_getLogs"))).isEqualTo(1);
        assertThat(let(logs, 9, call("eth_getLogs", "10.0.0.9", "https://app.example.com", null)))
                .isEqualTo(9);
        assertThat(let(logs, 9, call("eth_getLogs", "10.0.0.9", null, "Uptime-Robot/2")))
                .isEqualTo(9);
        assertThat(let(logs, 9, call("eth_getLogs", "10.0.0.9", "https://example.org", "curl")))
                .isEqualTo(1);
    }

    @Test
    void aMillionAddressesAreForgottenAgain() {
        Limit limit = limit(1, Duration.ofHours(1), 1, List.of(Per.ADDRESS));

        for (int i = 0; i < 200_000; i++) limits.take(List.of(limit.identified()), call("eth_call", "10.0." + i), 1);

        assertThat(limits.counted()).isLessThanOrEqualTo(CallLimits.MOST_COUNTED);
    }

    @Test
    void aCallThatCountsNothingIsLetThroughWhateverIsLeft() {
        Limit limit = limit(1, Duration.ofHours(1), 1, List.of(Per.ADDRESS));

        assertThat(let(limit, 2, call("eth_call"))).isEqualTo(1);
        assertThat(limits.take(List.of(limit.identified()), call("eth_call"), 0))
                .isNull();
    }

    @Test
    void theLimitThatLetsItThroughLastSaysWhen() {
        Limit quick = limit(1, Duration.ofSeconds(1), 1, List.of(Per.ADDRESS));
        Limit slow = limit(1, Duration.ofSeconds(6), 1, List.of(Per.ADDRESS));
        for (List<Limit.Identified> order : List.of(
                List.of(quick.identified(), slow.identified()), List.of(slow.identified(), quick.identified()))) {
            var both = new CallLimits(clock);
            both.take(order, call("eth_call"), 1);

            Exceeded exceeded = Objects.requireNonNull(both.take(order, call("eth_call"), 1));

            assertThat(TimeUnit.NANOSECONDS.toSeconds(exceeded.nanos())).isEqualTo(6);
        }
    }

    @Test
    void whereALimitStandsAndWhoIsExemptChangesNothingOfWhatWasTaken() {
        Limit first = limit(5, Duration.ofHours(1), 5, List.of(Per.ADDRESS));
        Limit moved = new Limit(
                "limits[3]",
                first.per(),
                5,
                first.window(),
                5,
                false,
                List.of(),
                null,
                null,
                new Exempt(List.of(), List.of("uptime-*"), List.of()));

        assertThat(let(first, 3, call("eth_call"))).isEqualTo(3);
        assertThat(let(moved, 5, call("eth_call"))).isEqualTo(2);
    }

    private int let(Limit limit, int calls, Call call) {
        return let(List.of(limit.identified()), calls, call);
    }

    private int let(List<Limit.Identified> fitting, int calls, Call call) {
        int let = 0;
        for (int i = 0; i < calls; i++) if (limits.take(fitting, call, 1) == null) let++;
        return let;
    }

    private Exceeded exceeded(Limit limit, Call call) {
        return Objects.requireNonNull(limits.take(List.of(limit.identified()), call, 1));
    }

    private static Limit limit(long credits, Duration window, long burst, List<Per> per) {
        return new Limit("l", per, credits, window, burst, false, List.of(), null, null, Exempt.NOBODY);
    }

    private static Call call(String method) {
        return call(method, "10.0.0.1");
    }

    private static Call call(String method, String address) {
        return call(method, address, null, null);
    }

    private static Call call(String method, String address, @Nullable String origin, @Nullable String agent) {
        return call(
                method,
                new Client(Tenant.PUBLIC, null, address, new Peer(address, 1), origin, agent, ErrorPolicy.NONE, null));
    }

    private static Call call(String method, Client client) {
        return new Call(1, "mainnet", Request.of(method, "[]"), client, LOOP.eventLoop(), 0, 0);
    }

    private static final EmbeddedChannel LOOP = new EmbeddedChannel();

    private static final class Clock implements TimeMeter {
        private long millis = 1_700_000_000_000L;

        void pass(Duration time) {
            millis += time.toMillis();
        }

        void at(Instant instant) {
            millis = instant.toEpochMilli();
        }

        @Override
        public long currentTimeNanos() {
            return millis * 1_000_000;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
