package dev.fairlead.data.routing;

import static dev.fairlead.data.routing.FixedLoad.IDLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fairlead.core.fleet.Group.Strategy;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.load.NodeTraffic;
import dev.fairlead.data.load.Tier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final int TURNS = 10_000;

    @Test
    void orderedKeepsTheOrderOfTheList() {
        assertThat(order(Strategy.ORDERED, 7, step("a", 1, IDLE.with(9)), step("b", 9, IDLE), step("c", 1, IDLE)))
                .isEqualTo("abc");
    }

    @Test
    void roundRobinBeginsOneFurtherWithEveryTurn() {
        PlannedNode[] steps = {step("a", 1, IDLE), step("b", 1, IDLE), step("c", 1, IDLE)};

        assertThat(LongStream.range(0, 4).mapToObj(turn -> order(Strategy.ROUND_ROBIN, turn, steps.clone())))
                .containsExactly("abc", "bca", "cab", "abc");
    }

    @Test
    void weightedGivesEachItsShare() {
        Map<String, Double> shares =
                shares(Strategy.WEIGHTED, step("a", 100, IDLE), step("b", 300, IDLE), step("c", 600, IDLE));

        assertThat(shares.get("a")).isCloseTo(0.1, within(0.02));
        assertThat(shares.get("b")).isCloseTo(0.3, within(0.02));
        assertThat(shares.get("c")).isCloseTo(0.6, within(0.02));
    }

    @Test
    void leastInFlightCountsRelativeToTheWeight() {
        assertThat(order(
                        Strategy.LEAST_IN_FLIGHT,
                        0,
                        step("a", 100, IDLE.with(5)),
                        step("b", 100, IDLE.with(3)),
                        step("c", 400, IDLE.with(7))))
                .isEqualTo("cba");
    }

    @Test
    void leastInFlightSpreadsIdleNodes() {
        Map<String, Double> shares = shares(Strategy.LEAST_IN_FLIGHT, step("a", 1, IDLE), step("b", 1, IDLE));

        assertThat(shares.get("a")).isCloseTo(0.5, within(0.01));
    }

    @Test
    void latencyNeverPutsTheSlowestOfThreeFirst() {
        Map<String, Double> shares = shares(
                Strategy.LATENCY,
                step("a", 1, IDLE.taking(1)),
                step("b", 1, IDLE.taking(2)),
                step("c", 1, IDLE.taking(3)));

        assertThat(shares).doesNotContainKey("c");
        assertThat(shares.get("a")).isCloseTo(2 / 3.0, within(0.03));
    }

    @Test
    void latencyWeighsCallsInFlight() {
        assertThat(order(Strategy.LATENCY, 3, step("a", 1, IDLE.taking(1).with(9)), step("b", 1, IDLE.taking(2))))
                .isEqualTo("ba");
    }

    @Test
    void latencyFailsOverFromTheQuickestToTheSlowest() {
        for (long turn = 0; turn < 50; turn++) {
            String order = order(
                    Strategy.LATENCY,
                    turn,
                    step("a", 1, IDLE.taking(4)),
                    step("b", 1, IDLE.taking(1)),
                    step("c", 1, IDLE.taking(3)),
                    step("d", 1, IDLE.taking(2)));

            String rest = order.substring(1);
            assertThat("bdca".chars().filter(one -> rest.indexOf(one) >= 0).mapToObj(Character::toString))
                    .containsExactly(rest.split(""));
        }
    }

    private static Map<String, Double> shares(Strategy strategy, PlannedNode... steps) {
        return LongStream.range(0, TURNS)
                .mapToObj(turn -> order(strategy, turn, steps.clone()).substring(0, 1))
                .collect(Collectors.groupingBy(
                        Function.identity(),
                        Collectors.collectingAndThen(Collectors.counting(), n -> n / (double) TURNS)));
    }

    private static String order(Strategy strategy, long turn, PlannedNode... steps) {
        Selection.of(strategy).order(steps, 0, steps.length, 0, turn);
        return Arrays.stream(steps).map(planned -> planned.node().name()).collect(Collectors.joining());
    }

    private static PlannedNode step(String name, int weight, FixedLoad load) {
        var state =
                List.copyOf(new Fleets().weighted(name, weight).chain().nodes()).getFirst();
        NodeTraffic node = load.on(new NodeTraffic(state.id(), 0), 0);
        return new PlannedNode(Candidate.of(state, node, Tier.OWN, null), Eligibility.OWN);
    }
}
