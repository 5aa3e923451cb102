package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.Rehearsal.GENESIS;
import static dev.fairlead.control.judge.Rehearsal.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.probe.AncestryProbe;
import dev.fairlead.control.probe.FollowUp;
import dev.fairlead.control.watch.MonitorStage;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A node that says a head which no chain can have, and shows a fitting block for every height that it is asked for.
@Timeout(60)
class ImpossibleHeadTest {
    private static final BlockLine MAIN = BlockLine.from(GENESIS);
    private static final long TOP = 10_000;
    private static final int MOST_QUESTIONS = 60;
    private static final BigInteger HIGHEST = BigInteger.TWO.pow(53);

    enum Place {
        LEADER,
        ONE_OF_THREE,
        ONE_OF_FIVE
    }

    /// How its blocks are dated.
    enum Date {
        NOW,
        BY_HEIGHT,
        NONE,
        ZERO,
        LAST_INSTANT,
        SIXTY_THREE_BITS,
        SIXTY_FOUR_BITS
    }

    static Stream<Arguments> lies() {
        return heights()
                .flatMap(height -> Stream.of(Place.values())
                        .flatMap(place -> Stream.of(Date.values()).map(date -> Arguments.of(height, place, date))));
    }

    static Stream<BigInteger> heights() {
        BigInteger max = BigInteger.valueOf(Long.MAX_VALUE);
        return Stream.of(
                BigInteger.TWO.pow(31),
                BigInteger.TWO.pow(32),
                HIGHEST,
                HIGHEST.add(BigInteger.ONE),
                BigInteger.TWO.pow(61),
                BigInteger.TWO.pow(62),
                max.subtract(BigInteger.valueOf(92)),
                max.subtract(BigInteger.ONE),
                max,
                BigInteger.TWO.pow(63),
                BigInteger.TWO.pow(64).subtract(BigInteger.ONE),
                BigInteger.TWO.pow(256));
    }

    static Stream<BigInteger> impossible() {
        return heights().filter(height -> height.compareTo(HIGHEST) > 0);
    }

    @ParameterizedTest
    @MethodSource("lies")
    void theHonestNodesServeAndTheChainStaysTheirs(BigInteger height, Place place, Date date) {
        for (int from : List.of(0, 3)) {
            var story = new Rehearsal(place == Place.LEADER ? chain(1, "liar") : chain(1), now());
            var liar = new ScriptedNode(MAIN, TOP);
            var honest = new ArrayList<ScriptedNode>();
            story.with("liar", liar);
            for (int i = 0; i < (place == Place.ONE_OF_FIVE ? 4 : 2); i++) {
                honest.add(new ScriptedNode(MAIN, TOP));
                story.with("honest-" + i, honest.get(i));
            }

            for (int round = 0; round < 12; round++) {
                long top = MAIN.heightAt(story.now());
                honest.forEach(node -> node.at(top));
                liar.at(top).forget();
                Instant now = story.now();
                if (round >= from) liar.lies(request -> lie(request, height, date, now));
                story.round();

                assertThat(IntStream.range(0, honest.size()).mapToObj(i -> story.word("honest-" + i)))
                        .as("round %d, %s", round, story.state())
                        .containsOnly("ready");
                assertThat(story.state().head())
                        .extracting(head -> head.number())
                        .isEqualTo(top);
                assertThat(liar.asked().size()).isLessThan(MOST_QUESTIONS);
                story.pass(Duration.ofSeconds(2));
            }
            assertThat(story.verdict("liar").ready()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void ofASoleNodeItIsNotBelievedEitherUntilItShowsAnother(BigInteger height) {
        var node = new ScriptedNode(MAIN, TOP);
        var story = new Rehearsal(chain(1), now()).with("sole", node);
        story.rounds(3);

        node.lies(request -> lie(request, height, Date.NOW, story.now()));
        story.rounds(3);
        String word = story.word("sole");
        String evidence = story.verdict("sole").evidence();
        node.lies(_ -> null).at(MAIN.heightAt(story.now()));
        story.rounds(2);

        assertThat(word).isEqualTo("unreachable");
        assertThat(evidence).contains("its head 0x").contains("is higher than any chain can be");
        assertThat(story.word("sole")).isEqualTo("ready");
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void aNumberAloneIsNotBelievedEither(BigInteger height) {
        var liar = new ScriptedNode(MAIN, TOP).without("eth_getBlockByNumber");
        liar.lies(request -> request.method().equals("eth_blockNumber") ? quoted(height) : null);
        var story =
                new Rehearsal(chain(1, "liar"), now()).with("liar", liar).with("honest", new ScriptedNode(MAIN, TOP));

        story.rounds(4);

        assertThat(story.word("honest")).isEqualTo("ready");
        assertThat(story.word("liar")).isEqualTo("unreachable");
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void aPendingBlockSaysNothingOfItsNode(BigInteger height) {
        var node = new ScriptedNode(MAIN, TOP);
        node.lies(request -> request.params().text().contains("pending") ? block(height, Date.NOW, now()) : null);
        var story = new Rehearsal(chain(1), now()).with("a", node);

        story.rounds(9);

        assertThat(story.word("a")).isEqualTo("ready");
        assertThat(story.state().nodes().getFirst().pendingBehind()).isZero();
    }

    @Test
    void aPushedHeadThatNoChainCanHaveIsNotHeard() {
        try (var stage = new MonitorStage()) {
            stage.every(Duration.ofHours(1)).declare(stage.pushing("a"));
            stage.start();
            MonitorStage.OpenFeed feed = stage.feed("a");
            stage.await("a is ready", () -> stage.word("a").equals("ready"));
            stage.await("a told everything", () -> stage.script("a").asked("net_version") > 0);
            long before = stage.script("a").asked().size();

            impossible().forEach(height -> feed.listener.head(Slice.of(block(height, Date.NOW, now()))));
            feed.push(TOP + 1);
            stage.await(
                    "a moved on",
                    () -> stage.chain().head() != null && stage.chain().head().number() == TOP + 1);

            assertThat(stage.script("a").asked()).hasSize((int) before);
        }
    }

    /// At a height that is right, a date alone moves nobody.
    @ParameterizedTest
    @EnumSource(Date.class)
    void aDateThatDoesNotFitDisturbsNobody(Date date) {
        for (String leader : List.of("odd", "a", "")) {
            var story = new Rehearsal(leader.isEmpty() ? chain(1) : chain(1, leader), now())
                    .with("odd", dated(new ScriptedNode(MAIN, TOP), date))
                    .with("a", new ScriptedNode(MAIN, TOP))
                    .with("b", new ScriptedNode(MAIN, TOP));

            story.rounds(40);

            assertThat(List.of(story.word("odd"), story.word("a"), story.word("b")))
                    .containsOnly("ready");
        }
    }

    /// A leader that only counts is believed unless the others' blocks are new, and what is dated so late is new.
    @ParameterizedTest
    @EnumSource(Date.class)
    void aDateThatDoesNotFitCanBeComparedWithNow(Date date) {
        var story = new Rehearsal(chain(1, "leader"), now())
                .with("leader", new ScriptedNode(MAIN, TOP + 3000).without("eth_getBlockByNumber"))
                .with("odd", dated(new ScriptedNode(MAIN, TOP), date));

        story.rounds(4);

        assertThat(story.state().head()).isNotNull();
    }

    private static ScriptedNode dated(ScriptedNode node, Date date) {
        return node.lies(request -> {
            boolean latest = request.params().text().contains("latest");
            return latest ? block(BigInteger.valueOf(TOP), date, now()) : null;
        });
    }

    @Test
    void onAChainWhoseDatesDoNotFitAtAnyNodeTheySayNothing() {
        var story = new Rehearsal(chain(1), now());
        for (String name : List.of("a", "b", "c")) {
            story.with(name, new ScriptedNode(MAIN, TOP).lies(request -> {
                        boolean latest = request.params().text().contains("latest");
                        return latest
                                ? block(BigInteger.valueOf(MAIN.heightAt(story.now())), Date.SIXTY_FOUR_BITS, now())
                                : null;
                    }));
        }

        for (int round = 0; round < 60; round++)
            story.round().nodes().forEach(node -> {
                assertThat(node.verdict().word()).isEqualTo("ready");
                story.pass(Duration.ofSeconds(1));
            });
    }

    /// The steps between two heights are few, whatever they are.
    @Test
    void aLineageOfAnyLengthIsAFewQuestions() throws InterruptedException {
        for (long base : List.of(0L, TOP, Long.MAX_VALUE - 1)) {
            var asked = new ArrayList<Long>();
            var check = new FollowUp.Onward(base, MAIN.hash(base), Long.MAX_VALUE, "0x1");

            new AncestryProbe(
                            height -> {
                                asked.add(height);
                                return new AncestryProbe.Shown(AncestryProbe.Heard.ANSWER, Optional.empty());
                            },
                            check,
                            now())
                    .followUpAnswer();

            assertThat(asked).hasSizeLessThan(40).allMatch(height -> height >= base);
        }
    }

    private static Instant now() {
        return GENESIS.plus(MAIN.blockTime().multipliedBy(TOP));
    }

    private static @Nullable String lie(Request request, BigInteger head, Date date, Instant now) {
        if (request.method().equals("eth_blockNumber")) return quoted(head);
        if (!request.method().equals("eth_getBlockByNumber")) return null;
        String wanted = request.params().text().split("\"", 3)[1];
        if (!wanted.startsWith("0x")) return block(head, date, now);
        long number = Long.parseLong(wanted.substring(2), 16);
        return number <= TOP ? null : block(BigInteger.valueOf(number), date, now);
    }

    private static String block(BigInteger number, Date date, Instant now) {
        return "{\"number\":%s,\"hash\":\"%s\",\"parentHash\":\"%s\",\"timestamp\":%s}"
                .formatted(
                        quoted(number), hash(number), hash(number.subtract(BigInteger.ONE)), dated(number, date, now));
    }

    private static String hash(BigInteger number) {
        return "0xa%063x".formatted(number.mod(BigInteger.TWO.pow(200)));
    }

    private static String dated(BigInteger number, Date date, Instant now) {
        return switch (date) {
            case NOW -> quoted(BigInteger.valueOf(now.getEpochSecond()));
            case BY_HEIGHT ->
                quoted(number.multiply(BigInteger.valueOf(12)).add(BigInteger.valueOf(GENESIS.getEpochSecond())));
            case NONE -> "null";
            case ZERO -> "\"0x0\"";
            case LAST_INSTANT -> quoted(BigInteger.valueOf(Instant.MAX.getEpochSecond()));
            case SIXTY_THREE_BITS -> "\"0x7fffffffffffffff\"";
            case SIXTY_FOUR_BITS -> "\"0xffffffffffffffff\"";
        };
    }

    private static String quoted(BigInteger number) {
        return "\"0x" + number.toString(16) + '"';
    }
}
