package dev.fairlead.control.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a node that was found on another branch when others die, come back, or are removed.
class KnownForkTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final BlockLine MAIN = BlockLine.from(Rehearsal.GENESIS).every(SECOND);
    private static final BlockLine OTHER = MAIN.fork(1, "b");
    private static final long TOP = 10_000;
    private static final Instant NOW = Rehearsal.GENESIS.plus(SECOND.multipliedBy(TOP));

    private final ScriptedNode a = new ScriptedNode(MAIN, TOP);
    private final ScriptedNode b = new ScriptedNode(MAIN, TOP);
    private final ScriptedNode c = new ScriptedNode(OTHER, TOP);
    private final List<ScriptedNode> all = List.of(a, b, c);
    private final Timeline three =
            new Timeline(SECOND, NOW, 1).with("a", a).with("b", b).with("c", c);

    @ParameterizedTest
    @ValueSource(longs = {-500, -11, -3, 6, 25, 100, 5000})
    void itStaysOutAtAnyDistance(long ahead) {
        live(three, 20, 0);
        assertThat(words(three, "a", "b", "c")).containsExactly("ready", "ready", "forked");

        three.afterEach(() -> assertThat(words(three, "a", "b", "c")).containsExactly("ready", "ready", "forked"));
        live(three, 60, ahead);
    }

    @Test
    void itDoesNotServeWhenThoseWhoOutweighedItDie() {
        live(three, 20, 0);
        three.afterEach(() -> assertThat(three.word("c")).isEqualTo("forked"));

        a.silent("refused");
        live(three, 20, 0);
        b.silent("refused");
        live(three, 90, 6);

        assertThat(three.state().reference()).isInstanceOf(Reference.None.class);
        Stream.of(a, b).forEach(ScriptedNode::speaks);
        live(three, 20, 0);
        assertThat(words(three, "a", "b", "c")).containsExactly("ready", "ready", "forked");
    }

    @Test
    void itServesWhenThoseWhoOutweighedItAreRemoved() {
        live(three, 20, 0);
        Stream.of(a, b).forEach(node -> node.silent("refused"));
        live(three, 20, 0);

        three.remove("a");
        three.remove("b");
        live(three, 20, 0);

        assertThat(three.word("c")).isEqualTo("ready");
    }

    @Test
    void ofTwoNodesTheOneThatIsLeftServes() {
        var two = new Timeline(SECOND, NOW, 1).with("a", a).with("c", c);
        live(two, 20, 0);
        assertThat(words(two, "a", "c")).containsExactly("ready", "forked");

        a.silent("refused");
        live(two, 20, 0);
        assertThat(words(two, "a", "c")).containsExactly("unreachable", "ready");

        a.speaks();
        two.afterEach(() -> assertThat(two.word("c")).isEqualTo("ready"));
        live(two, 30, 0);
        assertThat(two.word("a")).isEqualTo("forked");
    }

    @Test
    void itIsTakenBackAlsoWhenItRejoinsAfterASilence() {
        live(three, 20, 0);
        c.silent("refused");
        live(three, 30, 0);
        assertThat(three.word("c")).isEqualTo("forked");

        c.speaks().on(MAIN);
        live(three, 15, 0);

        assertThat(three.word("c")).isEqualTo("ready");
    }

    @Test
    void itIsTakenBackOnAChainThatRests() {
        live(three, 20, 0);
        long top = a.head();

        c.on(MAIN).at(top);
        three.pass(Duration.ofSeconds(30));

        assertThat(three.word("c")).isEqualTo("ready");
    }

    @Test
    void allAreTakenBackWhenTheWholeChainWentBack() {
        live(three, 20, 0);

        all.forEach(node -> node.on(MAIN).at(TOP - 50));
        three.pass(Duration.ofSeconds(30));

        assertThat(words(three, "a", "b", "c")).containsOnly("ready");
    }

    @Test
    void aStrayAddedToARunningFleetIsFoundAndKeptOut() {
        var fleet = new Timeline(SECOND, NOW, 1).with("a", a).with("b", b);
        live(fleet, 20, 0);

        fleet.with("c", c);
        live(fleet, 20, 25);

        assertThat(words(fleet, "a", "b", "c")).containsExactly("ready", "ready", "forked");
    }

    private void live(Timeline time, int seconds, long ahead) {
        for (int step = 0; step < seconds * 4; step++) {
            long top = MAIN.heightAt(time.now());
            a.at(top);
            b.at(top);
            c.at(top + ahead);
            time.step();
        }
    }

    private static List<String> words(Timeline time, String... names) {
        return Stream.of(names).map(time::word).toList();
    }
}
