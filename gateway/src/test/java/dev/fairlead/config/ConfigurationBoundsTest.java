package dev.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.config.file.ConfigurationFault;
import dev.fairlead.config.file.TextExtent;
import dev.fairlead.config.keys.Configuration.Faulty;
import dev.fairlead.config.keys.ConfigurationReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that nobody can have meant: what is said of them stays short, and is said soon.
@Timeout(60)
class ConfigurationBoundsTest {
    @TempDir
    private Path directory;

    @Test
    void ofManyFaultsTheFirstAreListedAndTheRestCounted() {
        List<String> said = faults(keys(3_000));

        assertThat(said).hasSize(21);
        assertThat(said.getFirst()).contains(":1:1: key0: unknown key");
        assertThat(said.getLast()).endsWith(": and 2,980 more");
    }

    @Test
    void twoHundredThousandUnknownKeysAreToldShortly() {
        List<String> said = faults(keys(200_000));

        assertThat(said).hasSize(22);
        assertThat(said.getFirst()).contains("at most 20,000 lines", "200,000 lines");
        assertThat(said.get(1)).contains("key0: unknown key");
        assertThat(said.getLast()).endsWith(": and 199,980 more");
    }

    @Test
    void faultsInTablesAreCountedInWhicheverPieceTheyStand() {
        List<String> known = faults("[server.limits]\n" + keys(50_000));
        List<String> unknown = faults("[nothing]\n" + keys(50_000));

        assertThat(known.getLast()).endsWith(": and 49,980 more");
        assertThat(unknown).hasSize(2);
    }

    @Test
    void aHundredThousandNodesAreTooMany() {
        String nodes = IntStream.range(0, 50_000)
                .mapToObj(i -> "[chains.c.nodes.n%d]%nurl=\"http://127.0.0.1:1\"%n".formatted(i))
                .collect(Collectors.joining());

        assertThat(faults("[chains.c]\nid = 1\n" + nodes))
                .first()
                .asString()
                .contains("at most 20,000 lines", "run time");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@ @\n",
                "[x]\n",
                "\u0000\n",
                "=",
                "\n",
                "#x\n",
                " \t\r\n",
                "a=1,",
                "\u0000",
                "a.",
                "[",
                "{",
                "'''\n",
                "\"",
                "\"\"\"\n",
                "[[a]]\n",
                "a = [\n",
                "\\"
            })
    void whateverIsRepeatedIsToldShortly(String piece) {
        List<String> said = faults("[server.limits]\nbatch = 1\n" + piece.repeat(300_000 / piece.length()));

        assertThat(String.join("\n", said)).hasSizeLessThan(30_000);
        assertThat(said).isNotEmpty().hasSizeLessThanOrEqualTo(21);
    }

    /// Each would take the TOML reader hundreds of megabytes.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x%d.?=1|.a|4000",
                "[x%d?]|.a|4000",
                "[[x%d?]]|.a|4000",
                "x%d.?=1|.\"\"|4000",
                "x%d = {?=1}|.a|4000",
                "x%d?=1| . a|3000"
            })
    void keysOfThousandsOfPartsAreNotRead(String kind) {
        String[] parts = kind.split("\\|", 3);
        String repeated = parts[1].repeat(Integer.parseInt(parts[2]));
        String text = IntStream.range(0, 200)
                .mapToObj(i -> parts[0].formatted(i).replace("?", repeated))
                .collect(Collectors.joining("\n"));

        assertThat(faults(text)).singleElement().asString().contains(":1:1:", "a key of at most 16 parts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x%d?=1|.a|15",
                "x%d=[?]|[],|9",
                "x%d=\"?\"|\\n|8000",
                "x%d=?|{a=|4000",
                "x%d ?|a |8000",
                "x%d=\"\"\"?\"\"\"|\\n|8000",
                "x%d={a=\"?\"}|\\u0041|2000"
            })
    void whatTakesTheReaderMuchMemoryIsReadInPart(String kind) {
        String[] parts = kind.split("\\|", 3);
        String repeated = parts[1].repeat(Integer.parseInt(parts[2]));
        String line = parts[0].replace("?", repeated);
        String text = IntStream.range(0, Math.min(200_000, 3_900_000 / line.length()))
                .mapToObj(line::formatted)
                .collect(Collectors.joining("\n"));
        long memory = 32 * 1024 * 1024;

        TextExtent read = TextExtent.of(text, TextExtent.MOST, memory);

        assertThat(read.isWhole()).isFalse();
        assertThat(read.text().lines().count()).isBetween(1L, 20_000L);
        assertThat(read.lines() - read.left())
                .isEqualTo((int) read.text().lines().count());
    }

    @Test
    void tenThousandNodesFitIntoTheUsualHeap() {
        String nodes = IntStream.range(0, 9_990)
                .mapToObj(i -> "[chains.mainnet.nodes.node-%d]%nurl = \"http://127.0.0.1:%d/\"%n".formatted(i, i + 1))
                .collect(Collectors.joining());

        assertThat(TextExtent.of(nodes, TextExtent.MOST, 125 * 1024 * 1024).isWhole())
                .isTrue();
        assertThat(TextExtent.of(nodes, TextExtent.MOST, 48 * 1024 * 1024).isWhole())
                .isFalse();
    }

    @Test
    void dotsInTextsAndCommentsAreNoPartsOfKeys() {
        String dots = ".a".repeat(40);

        assertThat(faults("# " + dots + "\nx = \"" + dots + "\"\ny = '" + dots + "' # " + dots))
                .hasSize(2)
                .allMatch(said -> said.contains("unknown key"));
    }

    @Test
    void whereNothingIsUntoldOnlyTheLinesThatAreLeftAreNamed() {
        assertThat(faults("[[foo]]\n".repeat(450_000)).getLast())
                .doesNotContain("and 0 more")
                .endsWith(" lines are not read");
    }

    @Test
    void aLongKeyIsNotRepeated() {
        assertThat(faults("x".repeat(10_000) + " = 1"))
                .singleElement()
                .asString()
                .hasSizeLessThan(2_000)
                .contains("10000 characters");
        assertThat(faults("x".repeat(1_000_000) + " = 1"))
                .singleElement()
                .asString()
                .hasSizeLessThan(2_000)
                .contains("at most 16,384 characters, found 1,000,004");
    }

    @Test
    void whatNeverEndsOrNeverBeginsIsNotReadToItsEnd() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path large = Files.write(directory.resolve("large.toml"), new byte[ConfigurationReader.LARGEST + 1]);

        assertThat(said(Path.of("/dev/zero"))).contains("at most 4 MiB");
        assertThat(said(large)).contains("at most 4 MiB");
        assertThat(said(pipe)).contains("named pipe");
        assertThat(said(directory)).contains("found a directory");
        assertThat(faults("[admin]\ntoken = { file = \"" + pipe + "\" }")).isNotEmpty();
    }

    private static String said(Path file) {
        return ((Faulty) ConfigurationReader.read(file, Map.of())).faults().toString();
    }

    private static String keys(int many) {
        return IntStream.range(0, many).mapToObj(i -> "key" + i + " = 1").collect(Collectors.joining("\n"));
    }

    private List<String> faults(String toml) {
        return ((Faulty) ConfigurationReader.parse(toml, directory, Map.of()))
                .faults().stream().map(ConfigurationFault::toString).toList();
    }
}
