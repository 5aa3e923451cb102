package dev.fairlead.config.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.config.file.ConfigurationFault;
import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    /// Pieces of configurations in any order: far more of it gets past the syntax than of arbitrary text.
    private static final List<String> PIECES = List.of(
            "[chains.a]\n",
            "[chains.a.nodes.b]\n",
            "[chains.a.nodes.b.auth]\n",
            "[chains.a.groups.c]\n",
            "[server]\n",
            "[admin]\n",
            "url = ",
            "ws_url = ",
            "leaders = ",
            "nodes = ",
            "methods = ",
            "id = ",
            "listen = ",
            "limits = ",
            "labels = ",
            "headers = ",
            "password = ",
            "\"http://a\"\n",
            "\"http://u:p@[::1]:99999/%zz\"\n",
            "[\"b\", \"c\"]\n",
            "{ file = \"x\" }\n",
            "{ a = \"b\" }\n",
            "\"${X:-b}\"\n",
            "\"${X}\"\n",
            "\":0\"\n",
            "-1\n",
            "1\n",
            "2.5\n",
            "true\n",
            "[[1], {}]\n",
            "inf\n",
            "1979-05-27\n",
            "\"\"\n",
            "\"\"\"\n",
            "=\n",
            "#\n");

    @TempDir
    private Path directory;

    @Test
    void aFileThatIsNotThereIsAFaultWithoutALine() {
        Path file = directory.resolve("none.toml");

        assertThat(ConfigurationReader.read(file, Map.of()))
                .isEqualTo(new Configuration.Faulty(List.of(new ConfigurationFault(
                        file.toString(), 0, 0, "", "there is no such file; name another one with --config"))));
    }

    @Test
    void aDirectoryIsNoConfiguration() {
        assertThat(ConfigurationReader.read(directory, Map.of()))
                .hasToString("Faulty[faults=[" + directory + ": expected a file, found a directory]]");
    }

    @Test
    void aFileThatIsNotUtf8IsAFault() throws IOException {
        Path file = Files.write(directory.resolve("f.toml"), new byte[] {'#', (byte) 0xC3, '(', '\n'});

        assertThat(ConfigurationReader.read(file, Map.of())).asString().contains("not text in UTF-8");
    }

    @Test
    void aFileBeyondAllMeasureIsAFault() throws IOException {
        Path file = Files.writeString(directory.resolve("f.toml"), "#".repeat(ConfigurationReader.LARGEST + 1));

        assertThat(ConfigurationReader.read(file, Map.of())).asString().contains("at most 4 MiB");
    }

    @Test
    void pathsStartAtTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("f.toml"), "[store]\ndirectory = \"data\"");

        var read = (Configuration.Valid) ConfigurationReader.read(file, Map.of());

        assertThat(read.settings().store().directory()).isEqualTo(directory.resolve("data"));
    }

    @Test
    void faultsNameTheFileAsItWasNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("f.toml"), "x = 1");

        assertThat(((Configuration.Faulty) ConfigurationReader.read(file, Map.of())).faults())
                .singleElement()
                .asString()
                .startsWith(file + ":1:1: x: unknown key");
    }

    @Test
    void anyTextIsReadOrRefused() {
        Property.holds(1000, any -> anyTextIsReadOrRefused(any.text(255)));
    }

    private void anyTextIsReadOrRefused(String text) {
        assertThat(ConfigurationReader.parse(text, Path.of(""), Map.of())).isNotNull();
    }

    @Test
    void anyMixtureOfTomlIsReadOrRefused() {
        Property.holds(1000, any -> anyMixtureOfTomlIsReadOrRefused(mixtures(any)));
    }

    private void anyMixtureOfTomlIsReadOrRefused(String text) {
        assertThat(ConfigurationReader.parse(text, Path.of(""), Map.of())).isNotNull();
    }

    private static String mixtures(Generator any) {
        return String.join("", any.list(0, 30, () -> any.oneOf(PIECES)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8545, http://127.0.0.1:8545, true",
        "http://127.0.0.1:8545/, http://[::1]:8545, true",
        "http://geth.localhost:8545, http://localhost:8545, true",
        "http://localhost:8545, http://127.0.0.1:8546, false",
        "http://localhost:8545/a, http://127.0.0.1:8545/b, false",
        "http://127.0.0.2:8545, http://127.0.0.1:8545, false",
        "http://10.0.0.5:8545, http://10.0.0.6:8545, false"
    })
    void oneMachineAndPortUnderTwoNamesIsTold(String one, String other, boolean told) {
        String toml =
                "[chains.mainnet.nodes.a]\nurl = \"" + one + "\"\n[chains.mainnet.nodes.b]\nurl = \"" + other + "\"\n";

        Configuration read = ConfigurationReader.parse(toml, Path.of(""), Map.of());

        assertThat(read)
                .isInstanceOfSatisfying(
                        Configuration.Valid.class,
                        valid -> assertThat(valid.notices().toString().contains("the node a is at this machine"))
                                .isEqualTo(told));
    }
}
