package dev.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.config.file.ConfigurationFault;
import dev.fairlead.config.file.ConfigurationNotice;
import dev.fairlead.config.keys.Configuration;
import dev.fairlead.config.keys.ConfigurationReader;
import dev.fairlead.config.keys.Settings;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Short words for the tests of this package.
public final class Toml {
    public static final String NODE = "[chains.mainnet.nodes.geth-1]\nurl = \"http://10.0.0.5:8545\"\n";

    private Toml() {}

    public static Settings valid(String toml) {
        return valid(toml, Map.of());
    }

    static Settings valid(String toml, Map<String, String> environment) {
        Configuration read = ConfigurationReader.parse(toml, Path.of(""), environment);
        assertThat(read).isInstanceOf(Configuration.Valid.class);
        return ((Configuration.Valid) read).settings();
    }

    static List<String> notices(String toml) {
        Configuration read = ConfigurationReader.parse(toml, Path.of(""), Map.of());
        assertThat(read).isInstanceOf(Configuration.Valid.class);
        return ((Configuration.Valid) read)
                .notices().stream().map(ConfigurationNotice::toString).toList();
    }

    public static List<String> faults(String toml) {
        return faults(toml, Map.of());
    }

    static List<String> faults(String toml, Map<String, String> environment) {
        Configuration read = ConfigurationReader.parse(toml, Path.of(""), environment);
        assertThat(read).isInstanceOf(Configuration.Faulty.class);
        return ((Configuration.Faulty) read)
                .faults().stream().map(ConfigurationFault::toString).toList();
    }

    static ChainPlan chain(Settings settings, String name) {
        return settings.chains().stream()
                .filter(plan -> plan.chain().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Node node(Settings settings, String chain, String name) {
        return chain(settings, chain).nodes().stream()
                .filter(node -> node.id().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
