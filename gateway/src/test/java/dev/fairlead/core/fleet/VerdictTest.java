package dev.fairlead.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Verdict.Forked;
import dev.fairlead.core.fleet.Verdict.Kind;
import dev.fairlead.core.fleet.Verdict.Lagging;
import dev.fairlead.core.fleet.Verdict.Ready;
import dev.fairlead.core.fleet.Verdict.Spent;
import dev.fairlead.core.fleet.Verdict.Syncing;
import dev.fairlead.core.fleet.Verdict.Unknown;
import dev.fairlead.core.fleet.Verdict.Unreachable;
import dev.fairlead.core.fleet.Verdict.WrongChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    private static final Head HEAD = new Head(7, "0xab", Instant.EPOCH, Instant.EPOCH);
    private static final Lag LAG = new Lag(3, Duration.ofSeconds(9));
    private static final List<Verdict> ALL = List.of(
            new Ready(HEAD, LAG),
            new Lagging(HEAD, LAG, "late"),
            new Syncing(HEAD, LAG),
            new Forked(HEAD, "another branch"),
            new WrongChain("1", "2"),
            new Unreachable("refused", Instant.EPOCH),
            new Spent("its day is used up"),
            new Unknown("not probed yet"));

    @ParameterizedTest
    @CsvSource({
        "0, at the head",
        "1, 1 block behind (3 s)",
        "2, 2 blocks behind (3 s)",
        "-1, at the head (1 newer than the reference)",
        "-2, at the head (2 newer than the reference)"
    })
    void theEvidenceSaysWhereANodeStands(long blocks, String words) {
        var verdict = new Ready(HEAD, new Lag(blocks, Duration.ofSeconds(3)));

        assertThat(verdict.evidence()).isEqualTo("block 7, " + words);
    }

    @Test
    void everyVerdictHasAKindAndAWordOfItsOwn() {
        assertThat(ALL).<Class<?>>extracting(Verdict::getClass).containsExactly(Verdict.class.getPermittedSubclasses());
        assertThat(ALL).extracting(Verdict::kind).containsExactly(Kind.values());
        assertThat(ALL).extracting(Verdict::word).containsExactlyElementsOf(Verdict.WORDS);
        assertThat(Verdict.WORDS)
                .containsExactly(
                        "ready", "lagging", "syncing", "forked", "wrong-chain", "unreachable", "spent", "unknown");
    }

    @Test
    void whatIsAskedOfAVerdictIsAnsweredForEach() {
        assertThat(ALL.stream().filter(Verdict::ready))
                .extracting(Verdict::kind)
                .containsExactly(Kind.READY);
        assertThat(ALL.stream().filter(verdict -> !verdict.judged()))
                .extracting(Verdict::kind)
                .containsExactly(Kind.SPENT, Kind.UNKNOWN);
        assertThat(ALL.stream().filter(verdict -> !verdict.reachable()))
                .extracting(Verdict::kind)
                .containsExactly(Kind.UNREACHABLE);
        assertThat(ALL.stream().filter(verdict -> !verdict.onItsChain()))
                .extracting(Verdict::kind)
                .containsExactly(Kind.WRONG_CHAIN);
        assertThat(ALL.stream().filter(Verdict::spent))
                .extracting(Verdict::kind)
                .containsExactly(Kind.SPENT);
        assertThat(ALL.stream().filter(verdict -> verdict.lag() != null))
                .extracting(Verdict::kind)
                .containsExactly(Kind.READY, Kind.LAGGING, Kind.SYNCING);
    }

    /// So that a new verdict breaks the build wherever somebody decides by verdicts.
    @Test
    void nobodyDecidesByVerdictsButWithASwitchThatNamesThemAll() throws IOException {
        var asking = Pattern.compile(
                "instanceof\\s+(Verdict\\.\\w+|Ready|Lagging|Syncing|Forked|WrongChain|Unreachable|Spent|Unknown)\\b");
        var word = Pattern.compile("\"(lagging|syncing|forked|wrong-chain|unreachable|spent)\"");
        Path sources = Path.of("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("Verdict.java"))
                            .filter(file -> {
                                String text = read(file);
                                return asking.matcher(text).find()
                                        || word.matcher(text).find();
                            }))
                    .isEmpty();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
