package dev.fairlead.config.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.fairlead.config.EveryKeyTest;
import dev.fairlead.config.ExamplesTest;
import dev.fairlead.config.Toml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.TomlParseResult;

/// An editor that follows the schema accepts what the gateway accepts, and underlines what it refuses.
class JsonSchemaTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA = REGISTRY.getSchema(JsonSchema.text(), InputFormat.JSON);

    static Stream<Path> validFiles() throws IOException {
        return Stream.concat(ExamplesTest.examples().stream(), Stream.of(EveryKeyTest.FILE));
    }

    @Test
    void theSchemaIsASchema() {
        Schema draft = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(draft.validate(JsonSchema.text(), InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("validFiles")
    void validFilesFollowTheSchema(Path file) throws IOException {
        assertThat(violations(Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve = 1",
                "server = 1",
                "[server]\nlisten = 8080",
                "[server]\nlisten = \"8080\"",
                "[server]\nlisten = [\":80\", \":80\"]",
                "[server]\ngzip = \"yes\"",
                "[server.tls]\ncertificate = \"x\"",
                "[server.limits]\nbatch = 0",
                "[server.limits]\nbody = \"5 apples\"",
                "[server.timeouts]\ncall = 30",
                "[server.timeouts]\ncall = \"30\"",
                "[server.timeouts]\ncal = \"30s\"",
                "[dispatch]\nretry_budget = 2",
                "[admin]\ntoken = \"short\"",
                "[admin]\ntoken = { fil = \"x\" }",
                "[logs]\nformat = \"xml\"",
                "[event_loops]\ntransport = \"kqueue\"",
                "[chains.1]",
                "[chains.metrics]",
                "[chains.Main]",
                "[chains.m]\nid = 0",
                "[chains.m]\nleaders = [1]",
                "[chains.m.nodes.a]",
                "[chains.m.nodes.a]\nurl = \"ws://a\"",
                "[chains.m.nodes.a]\nurl = \"http://a b\"",
                "[chains.m.nodes.A]\nurl = \"http://a\"",
                "[chains.m.nodes.a]\nurl = \"http://a\"\nrole = \"mine\"",
                "[chains.m.nodes.a]\nurl = \"http://a\"\nlabels = { \"a b\" = \"c\" }",
                "[chains.m.nodes.a]\nurl = \"http://a\"\nauth = { user = \"u\" }",
                "[chains.m.groups.g]\nmethods = [\"*_call\"]",
                "[chains.m.groups.g]\nstrategy = \"best\""
            })
    void whatTheGatewayRefusesTheSchemaRefusesToo(String toml) {
        assertThat(Toml.faults(toml)).isNotEmpty();

        assertThat(violations(toml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[server.limits]\nbatch = \"${BATCH:-5}\"",
                "[server.timeouts]\ncall = \"${SECONDS:-5}s\"",
                "[server]\nlisten = \":${PORT:-80}\"",
                "[chains.m.nodes.a]\nurl = \"${SCHEME:-http}://a\"",
                "[chains.m.nodes.a]\nurl = \"http://a\"\nheaders = { x = \"${X:-y}\" }"
            })
    void whatTheEnvironmentFillsFollowsTheSchema(String toml) {
        assertThat(Toml.valid(toml)).isNotNull();

        assertThat(violations(toml)).isEmpty();
    }

    private static List<Error> violations(String toml) {
        TomlParseResult document = org.tomlj.Toml.parse(toml);
        assertThat(document.errors()).isEmpty();
        return SCHEMA.validate(document.toJson(), InputFormat.JSON);
    }
}
