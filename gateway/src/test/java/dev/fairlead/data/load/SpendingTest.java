package dev.fairlead.data.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.CallBounds;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.fleet.SpentDay;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.support.QuietEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpendingTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final CallRate TEN = new CallRate(10, Duration.ofSeconds(1));

    private final List<String> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final Spending spending = spending();

    private Spending spending() {
        return new Spending(() -> now, new QuietEvents() {
            @Override
            public void spending(String chain, @Nullable String node, int percent, long daily) {
                told.add(chain + "/" + node + " " + percent + " of " + daily);
            }
        });
    }

    @Test
    void aNodeWithoutAPlanIsNotCounted() {
        spending.declare(declared(0, node("own", Node.Role.OWN, SpendingPlan.NONE)));

        assertThat(spending.of(id("own"))).isNull();
        assertThat(spending.uses()).isEmpty();
    }

    @Test
    void asMuchAsItsDayHasAndAgainFromMidnightUtc() {
        spending.declare(declared(0, rented("infura", daily(10))));

        assertThat(take("infura", 12)).isEqualTo(10);
        assertThat(of("infura").isSpent()).isTrue();
        now = Instant.parse("2026-01-01T23:59:59.999Z");
        assertThat(take("infura", 1)).isZero();
        now = Instant.parse("2026-01-02T00:00:00Z");
        assertThat(of("infura").isSpent()).isFalse();
        assertThat(take("infura", 12)).isEqualTo(10);
    }

    @Test
    void operatorsAreToldOnceAtEachShareOfTheDay() {
        spending.declare(declared(0, rented("infura", daily(100))));

        take("infura", 150);

        assertThat(told).containsExactly("main/infura 75 of 100", "main/infura 85 of 100", "main/infura 100 of 100");
    }

    @Test
    void aRequestCountsByItsMethodAndTheDayIsSpentWhenNoneFitsAnyMore() {
        var plan = new SpendingPlan(null, 1000, new Credits(Map.of("*", 80L, "eth_getLogs", 255L)));
        spending.declare(declared(0, rented("infura", plan)));

        assertThat(of("infura").take("eth_getLogs", 0)).isTrue();
        assertThat(take("infura", 20)).isEqualTo(9);
        assertThat(of("infura").today()).isEqualTo(975);
        assertThat(of("infura").isSpent()).isTrue();
        assertThat(told).endsWith("main/infura 100 of 1000");
    }

    @Test
    void leadersAndRentedNodesShareOneDayAndOwnNodesHaveNoPartInIt() {
        spending.declare(declared(
                10,
                node("leader", Node.Role.OWN, SpendingPlan.NONE),
                rented("a", SpendingPlan.NONE),
                rented("b", daily(3)),
                node("own", Node.Role.OWN, SpendingPlan.NONE)));

        assertThat(take("a", 4)).isEqualTo(4);
        assertThat(take("b", 4)).isEqualTo(3);
        assertThat(take("leader", 9)).isEqualTo(3);
        assertThat(of("a").isSpent()).isTrue();
        assertThat(spending.of(id("own"))).isNull();
        assertThat(spending.sharedToday("main")).isEqualTo(10);
        assertThat(told).contains("main/null 75 of 10", "main/null 100 of 10");
    }

    @Test
    void whatOneBoundRefusesIsTakenOfNoOther() {
        spending.declare(declared(5, rented("a", new SpendingPlan(TEN, 100, Credits.ONE_EACH))));

        take("a", 9);

        assertThat(of("a").today()).isEqualTo(5);
        assertThat(of("a").waitFor("eth_call", 0))
                .isEqualTo(Duration.ofHours(12).toNanos());
        spending.declare(declared(0, rented("a", new SpendingPlan(TEN, 100, Credits.ONE_EACH))));
        assertThat(take("a", 9)).isEqualTo(5);
    }

    @Test
    void aRestartGivesNobodyASecondDay() {
        spending.declare(declared(10, rented("a", daily(8))));
        take("a", 6);
        List<SpentDay> written = spending.uses();
        assertThat(written)
                .containsExactlyInAnyOrder(new SpentDay("main", "a", FIRST, 6), new SpentDay("main", null, FIRST, 6));

        Spending restarted = spending();
        restarted.restore(written);
        restarted.declare(declared(10, rented("a", daily(8))));
        assertThat(take(restarted, "a", 5)).isEqualTo(2);
        assertThat(restarted.sharedToday("main")).isEqualTo(8);

        now = Instant.parse("2026-01-02T08:00:00Z");
        Spending nextDay = spending();
        nextDay.restore(written);
        nextDay.declare(declared(10, rented("a", daily(8))));
        assertThat(take(nextDay, "a", 9)).isEqualTo(8);
    }

    @Test
    void aNodeThatIsRemovedAndAddedAgainHasItsCount() {
        spending.declare(declared(0, rented("a", daily(8))));
        take("a", 6);

        spending.declare(declared(0));
        spending.declare(declared(0, rented("a", daily(20))));

        assertThat(take("a", 20)).isEqualTo(14);
        now = Instant.parse("2026-01-02T08:00:00Z");
        spending.declare(declared(0));
        assertThat(spending.uses()).isEmpty();
    }

    @Test
    void whatIsGivenBackMayBeTakenAgain() {
        spending.declare(declared(5, rented("a", new SpendingPlan(TEN, 5, Credits.ONE_EACH))));
        take("a", 5);

        of("a").giveBack("eth_call", 0);

        assertThat(take("a", 5)).isEqualTo(1);
    }

    @Test
    void callsWaitBeforeAProbeThatWaitsForRoom() {
        spending.declare(declared(0, rented("a", new SpendingPlan(TEN, 0, Credits.ONE_EACH))));
        take("a", 10);
        long later = Duration.ofSeconds(2).toNanos();

        of("a").probeWaits(true);

        assertThat(of("a").take("eth_call", later)).isFalse();
        assertThat(of("a").waitFor("eth_call", later)).isPositive();
        assertThat(of("a").takeForProbe("eth_blockNumber", later)).isTrue();
        of("a").probeWaits(false);
        assertThat(of("a").take("eth_call", later)).isTrue();
    }

    @Test
    void manyAtOnceTakeNoMoreThanThePlan() throws Exception {
        spending.declare(declared(15_000, rented("a", daily(20_000)), rented("b", daily(20_000))));
        var taken = new LongAdder();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int t = 0; t < 4; t++) {
                String node = t % 2 == 0 ? "a" : "b";
                threads.submit(() -> {
                    for (int i = 0; i < 10_000; i++) if (of(node).take("eth_call", 0)) taken.increment();
                });
            }
        }

        assertThat(taken.sum()).isEqualTo(15_000);
        assertThat(of("a").today() + of("b").today()).isEqualTo(15_000);
    }

    private int take(String node, int calls) {
        return take(spending, node, calls);
    }

    private static int take(Spending from, String node, int calls) {
        NodeSpending plan = Objects.requireNonNull(from.of(id(node)));
        int taken = 0;
        for (int i = 0; i < calls; i++) if (plan.take("eth_call", 0)) taken++;
        return taken;
    }

    private NodeSpending of(String node) {
        return Objects.requireNonNull(spending.of(id(node)));
    }

    private static NodeId id(String node) {
        return new NodeId("main", node);
    }

    private static SpendingPlan daily(long credits) {
        return new SpendingPlan(null, credits, Credits.ONE_EACH);
    }

    private static Node rented(String name, SpendingPlan plan) {
        return node(name, Node.Role.RENTED, plan);
    }

    private static Node node(String name, Node.Role role, SpendingPlan plan) {
        return new Node(
                id(name),
                role,
                Endpoint.of("http://127.0.0.1:8545/" + name),
                Map.of(),
                Node.DEFAULT_WEIGHT,
                Node.DEFAULT_CAPACITY,
                plan,
                Node.Mode.SERVING,
                Node.Origin.FILE);
    }

    private static Declared declared(long rentedDaily, Node... nodes) {
        var chain = new Chain(
                "main",
                1,
                List.of("leader"),
                Chain.Tolerance.DEFAULT,
                Chain.Probing.DEFAULT,
                0,
                rentedDaily,
                CallBounds.NONE);
        return new Declared(1, List.of(new ChainPlan(chain, List.of(nodes), List.of())));
    }
}
