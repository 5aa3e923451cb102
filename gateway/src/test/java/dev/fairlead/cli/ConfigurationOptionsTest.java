package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.cli.Gateways.Unusable;
import dev.fairlead.config.keys.Settings;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigurationOptionsTest {
    private static final String FILE = """
            [chains.default]
            id = 1
            [chains.default.nodes.a]
            url = "http://127.0.0.1:8545"
            """;

    @TempDir
    private Path directory;

    @Test
    void withoutAFileThereIsNothingToReload() {
        var options = options("--node", "http://127.0.0.1:8546");

        assertThat(nodes(options.read(_ -> {}))).hasSize(1);
        assertThatThrownBy(() -> options.reread(_ -> {}))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("--config names none")
                .hasMessageContaining(usual().toString())
                .hasMessageContaining("a new start");
    }

    @Test
    void withNeitherFileNorNodeThereIsNothingToCheck() throws IOException {
        assertThatThrownBy(options()::requireAny)
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("--config names no file")
                .hasMessageContaining(usual() + " is not there");
        options("--node", "http://127.0.0.1:8546").requireAny();
        options("--leader", "http://127.0.0.1:8546").requireAny();
        Files.writeString(usual(), "");
        options().requireAny();
    }

    @Test
    void aUsualFileThatVanishesKeepsItsNodes() throws IOException {
        Files.writeString(usual(), FILE);
        var options = options();

        assertThat(nodes(options.read(_ -> {}))).hasSize(1);
        assertThat(nodes(options.reread(_ -> {}))).hasSize(1);
        Files.delete(usual());
        assertThatThrownBy(() -> options.reread(_ -> {}))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("is not there");
    }

    @Test
    void aNamedFileThatVanishesKeepsItsNodes() throws IOException {
        Path named = Files.writeString(directory.resolve("named.toml"), FILE);
        var options = options("--config", named.toString(), "--node", "http://127.0.0.1:8546");

        assertThat(nodes(options.reread(_ -> {}))).hasSize(2);
        Files.delete(named);
        assertThatThrownBy(() -> options.reread(_ -> {}))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining(named.toString());
    }

    @Test
    void aUsualFileThatComesLaterIsRead() throws IOException {
        var options = options("--node", "http://127.0.0.1:8546");
        assertThat(nodes(options.read(_ -> {}))).hasSize(1);

        Files.writeString(usual(), FILE);

        assertThat(nodes(options.reread(_ -> {}))).hasSize(2);
    }

    @Test
    void aTenantThatMayBeAddedAtRunTimeIsANoteOfTheCheckAlone() throws IOException {
        Files.writeString(usual(), FILE + """
                [[limits]]
                tenant = "explorer"
                rate = "5/s"
                """);
        var checked = new ArrayList<String>();
        var started = new ArrayList<String>();
        var options = options();

        options.check(checked::add);
        options.read(started::add);
        options.reread(started::add);

        assertThat(checked)
                .singleElement()
                .asString()
                .contains(
                        "limits[0].tenant: this file declares no tenant named explorer",
                        "fairlead tenants add explorer",
                        "at its start");
        assertThat(started).isEmpty();
    }

    private Path usual() {
        return directory.resolve("fairlead.toml");
    }

    private ConfigurationOptions options(String... arguments) {
        return CommandLine.populateCommand(new ConfigurationOptions(usual()), arguments);
    }

    private static List<Node> nodes(Settings settings) {
        return settings.chains().stream()
                .map(ChainPlan::nodes)
                .flatMap(List::stream)
                .toList();
    }
}
