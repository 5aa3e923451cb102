package dev.fairlead.config;

import static dev.fairlead.config.Toml.chain;
import static dev.fairlead.config.Toml.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.config.keys.Configuration;
import dev.fairlead.config.keys.ConfigurationReader;
import dev.fairlead.config.keys.Settings;
import dev.fairlead.core.fleet.Node.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

public class ExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples");

    public static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".toml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValidWithoutAnyEnvironment(Path example) {
        assertThat(ConfigurationReader.read(example, Map.of()))
                .isInstanceOfSatisfying(
                        Configuration.Valid.class,
                        valid -> assertThat(valid.notices()).isEmpty());
    }

    @Test
    void theExamplesAreThere() throws IOException {
        assertThat(examples())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("mainnet-with-leader.toml", "many-chains.toml", "minimal.toml", "rented-only.toml");
    }

    @Test
    void theExampleWithALeaderIsMeasuredByARentedNode() {
        Settings settings = read("mainnet-with-leader.toml");

        assertThat(chain(settings, "mainnet").chain().leaders()).containsExactly("infura");
        assertThat(node(settings, "mainnet", "infura").role()).isEqualTo(Role.RENTED);
        assertThat(chain(settings, "mainnet").groups())
                .extracting(group -> group.name())
                .containsExactly("archive", "default");
    }

    @Test
    void theExampleOfRentedNodesOwnsNone() {
        assertThat(chain(read("rented-only.toml"), "mainnet").nodes())
                .hasSize(3)
                .allMatch(node -> node.role() == Role.RENTED);
    }

    private static Settings read(String name) {
        return ((Configuration.Valid) ConfigurationReader.read(EXAMPLES.resolve(name), Map.of())).settings();
    }
}
