package dev.fairlead.data.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.rpc.BatchScene.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Replies, their ends and the client's reading come in every order there is: in each of them the batch is answered to
/// its end, or cut where a reply was.
class BatchOrdersTest {
    private static final long PLENTY = 1L << 40;
    private static final int MANY = 1_000;
    private static final List<Kind> WHOLE = List.of(Kind.SMALL, Kind.LARGE, Kind.LARGE, Kind.LARGE, Kind.WANTED);

    private interface Step extends Consumer<BatchScene> {}

    private enum Kind {
        SMALL,
        LARGE,
        /// Its connection is wanted for other calls.
        WANTED,
        CUT
    }

    /// How the client reads: at once, a part and no more until something else has happened, or as its steps say.
    private enum Reading {
        AT_ONCE,
        IN_SIPS,
        BY_STEPS
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void twoRepliesAndAClientThatStopsTwice(int places) {
        for (Kind first : Kind.values()) {
            for (Kind second : Kind.values()) {
                List<List<Step>> steps = steps(List.of(first, second));
                steps.add(List.of(
                        BatchOrdersTest::full, BatchOrdersTest::ready, BatchOrdersTest::full, BatchOrdersTest::ready));
                everyOrder(steps, order -> hold(List.of(first, second), places, Reading.BY_STEPS, order));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void threeReplies(int places) {
        for (Reading reading : List.of(Reading.AT_ONCE, Reading.IN_SIPS)) {
            for (Kind first : Kind.values()) {
                List<Kind> kinds = List.of(first, Kind.LARGE, Kind.LARGE);
                everyOrder(steps(kinds), order -> hold(kinds, places, reading, order));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 1000})
    void manyRepliesInAnyOrder(int places) {
        var random = new Random(places);
        for (int i = 0; i < MANY; i++) {
            List<Kind> kinds = new ArrayList<>();
            int elements = 4 + random.nextInt(6);
            while (kinds.size() < elements) kinds.add(WHOLE.get(random.nextInt(WHOLE.size())));
            List<List<Step>> steps = steps(kinds);
            steps.add(List.of(
                    BatchOrdersTest::full,
                    BatchOrdersTest::ready,
                    BatchOrdersTest::full,
                    BatchOrdersTest::ready,
                    BatchOrdersTest::full,
                    BatchOrdersTest::ready));
            Reading reading = Reading.values()[random.nextInt(3)];
            hold(kinds, places, reading, anOrder(steps, random));
        }
    }

    @Test
    void aReplyThatBreaksOffWhileItStandsIsAnErrorOfItsElementAlone() {
        var scene = new BatchScene(2, 1000, PLENTY);
        Node second = scene.nodes.get(1);
        second.large(-1);
        second.part();
        second.cut();

        scene.nodes.getFirst().small();

        assertThat(scene.reader.ends).isOne();
        assertThat(scene.reader.marks()).startsWith("[<0>,").contains("\"id\":1,\"error\":{\"code\":-32011", "reset");
        assertThat(scene.isAllReleased()).isTrue();
    }

    @Test
    void aReplyThatGivesWayToOtherCallsIsAskedForAgainWhenItsTurnHasCome() {
        var scene = new BatchScene(3, 1000, PLENTY);
        Node second = scene.nodes.get(1);
        for (Node node : List.of(second, scene.nodes.get(2))) {
            node.large(-1);
            node.part();
            assertThat(node.reclaim()).isTrue();
        }
        assertThat(second.timesAsked).isOne();

        scene.expire(); // which only the first has let pass

        assertThat(second.timesAsked).isEqualTo(2);
        assertThat(scene.nodes.get(2).timesAsked).as("it is not its turn").isOne();
        second.end();
        scene.nodes.get(2).end();

        assertThat(scene.reader.marks()).startsWith("[{").endsWith(",<1…>,<2…>]");
        assertThat(scene.reader.ends).isOne();
        assertThat(scene.told.calls).hasSize(3);
        assertThat(scene.isAllReleased()).isTrue();
    }

    /// Else its connection would be taken away at once, after a long wait for its turn.
    @Test
    void aReplyCountsAsReadFromItsTurnOn() {
        var scene = new BatchScene(2, 1000, PLENTY);
        Node second = scene.nodes.get(1);
        second.large(-1);
        second.part();
        assertThat(second.timesTaken).isZero();

        scene.reader.full = true;
        scene.nodes.getFirst().small();
        scene.reader.ready();

        assertThat(second.timesTaken).isPositive();
    }

    @Test
    void aReplyThatIsLeavingDoesNotGiveWay() {
        var scene = new BatchScene(1, 1000, PLENTY);
        Node node = scene.nodes.getFirst();
        node.large(-1);
        node.part();

        assertThat(node.reclaim()).isFalse();

        node.end();
        assertThat(scene.reader.marks()).isEqualTo("[<0…>]");
    }

    /// A client that does not read has it asked for three times more, and no oftener.
    @Test
    void aReplyIsNotAskedForWithoutEnd() {
        var scene = new BatchScene(1, 1000, PLENTY);
        scene.reader.full = true;
        Node node = scene.nodes.getFirst();
        node.large(-1);
        node.part();
        int reclaimed = 0;
        for (int i = 0; i < 10 && node.reclaim(); i++) {
            reclaimed++;
            scene.reader.ready();
            scene.reader.full = true;
        }

        assertThat(reclaimed).isLessThanOrEqualTo(3);
    }

    /// Whatever was announced, in whichever order it comes: no answer is longer than its bound, and all are ended.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noAnswerIsMuchLongerThanItsBound(boolean announced) {
        long length = BatchScene.MUCH + 3;
        List<List<Step>> steps = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            steps.add(List.of(at(i, node -> node.large(announced ? length : -1)), at(i, Node::part), at(i, Node::end)));
        }
        for (long bound : List.of(length, 2 * length - 1, 2 * length, 3 * length - 1)) {
            everyOrder(steps, order -> {
                var scene = new BatchScene(3, 1000, bound);
                for (Step step : order) step.accept(scene);

                assertThat(scene.reader.ends + scene.reader.cuts).isOne();
                assertThat(scene.reader.size).isLessThan(bound + 500);
                if (announced) {
                    assertThat(scene.reader.cuts).isZero();
                    assertThat(scene.reader.marks().split("…", -1)).hasSize((int) (bound / length) + 1);
                    assertThat(scene.reader.marks().split("-32003", -1)).hasSize(4 - (int) (bound / length));
                }
                assertThat(scene.told.calls).hasSize(3);
                if (scene.reader.cuts == 1) {
                    assertThat(scene.told.calls).anyMatch(call -> call.code() == -32003);
                }
                assertThat(scene.isAllReleased()).isTrue();
            });
        }
    }

    private static List<List<Step>> steps(List<Kind> kinds) {
        List<List<Step>> steps = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            steps.add(
                    switch (kinds.get(i)) {
                        case SMALL -> List.of(at(i, Node::small));
                        case LARGE -> List.of(at(i, node -> node.large(-1)), at(i, Node::part), at(i, Node::end));
                        case WANTED ->
                            List.of(
                                    at(i, node -> node.large(-1)),
                                    at(i, Node::part),
                                    at(i, Node::reclaim),
                                    at(i, Node::end));
                        case CUT -> List.of(at(i, node -> node.large(-1)), at(i, Node::part), at(i, Node::cut));
                    });
        }
        return steps;
    }

    private static Step at(int node, Consumer<Node> what) {
        return scene -> what.accept(scene.nodes.get(node));
    }

    private static void full(BatchScene scene) {
        scene.reader.full = true;
    }

    private static void ready(BatchScene scene) {
        scene.reader.ready();
    }

    private static void hold(List<Kind> kinds, int places, Reading reading, List<Step> order) {
        var scene = new BatchScene(kinds.size(), places, PLENTY);
        scene.reader.full = reading == Reading.IN_SIPS;
        for (Step step : order) {
            step.accept(scene);
            assertThat(scene.reader.isForgotten())
                    .as("%s, %s places, %s: nothing is awaited", kinds, places, reading)
                    .isFalse();
            if (reading == Reading.IN_SIPS) sip(scene);
        }
        if (reading != Reading.AT_ONCE) scene.awaitNothingMore();

        assertThat(scene.reader.ends + scene.reader.cuts)
                .as("%s, %s places, %s", kinds, places, reading)
                .isOne();
        if (!kinds.contains(Kind.CUT)) assertThat(scene.reader.marks()).isEqualTo(whole(kinds));
        assertThat(scene.told.calls).hasSizeLessThanOrEqualTo(kinds.size());
        if (scene.reader.ends == 1) assertThat(scene.told.calls).hasSize(kinds.size());
        assertThat(scene.isAllReleased()).isTrue();
    }

    private static void sip(BatchScene scene) {
        scene.reader.ready();
        scene.reader.full = true;
    }

    private static String whole(List<Kind> kinds) {
        List<String> replies = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) replies.add("<" + i + (kinds.get(i) == Kind.SMALL ? ">" : "…>"));
        return "[" + String.join(",", replies) + "]";
    }

    /// Every way to take turns between sequences of steps.
    private static void everyOrder(List<List<Step>> sequences, Consumer<List<Step>> trial) {
        everyOrder(sequences, new int[sequences.size()], new ArrayList<>(), trial);
    }

    private static void everyOrder(
            List<List<Step>> sequences, int[] done, List<Step> order, Consumer<List<Step>> trial) {
        boolean complete = true;
        for (int i = 0; i < done.length; i++) {
            if (done[i] == sequences.get(i).size()) continue;
            complete = false;
            order.add(sequences.get(i).get(done[i]++));
            everyOrder(sequences, done, order, trial);
            done[i]--;
            order.removeLast();
        }
        if (complete) trial.accept(order);
    }

    private static List<Step> anOrder(List<List<Step>> sequences, Random random) {
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            for (int k = 0; k < sequences.get(i).size(); k++) turns.add(i);
        }
        Collections.shuffle(turns, random);
        int[] done = new int[sequences.size()];
        return turns.stream().map(turn -> sequences.get(turn).get(done[turn]++)).toList();
    }
}
