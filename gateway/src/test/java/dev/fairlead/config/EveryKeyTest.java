package dev.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.config.keys.Configuration;
import dev.fairlead.config.keys.ConfigurationReader;
import dev.fairlead.config.keys.Keys;
import dev.fairlead.config.keys.ReloadDifference;
import dev.fairlead.config.keys.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// One file with every key, none at its default: what is read, what is shown and what is told all follow from it.
public class EveryKeyTest {
    public static final Path FILE = Path.of("src/test/resources/dev/fairlead/config/every-key.toml");

    @Test
    void theFileHoldsEveryKey() throws IOException {
        String toml = Files.readString(FILE);

        assertThat(names(Keys.ROOT))
                .hasSizeGreaterThan(60)
                .allMatch(name -> Pattern.compile("\\b" + name + "( =|[.\\]])")
                        .matcher(toml)
                        .find());
    }

    @Test
    void everyKeyReachesTheSettings() {
        var settings = read();

        assertThat(ReloadDifference.between(Settings.DEFAULT, settings).lines())
                .containsExactly(
                        "server.cors_origins: [\"*\"] → [\"https://app.example.com\"]",
                        "server.gzip: true → false",
                        "server.hosts: {} → { \"mainnet.rpc.example\" = \"mainnet\", \"*.sepolia.example\" = \"mainnet\" }",
                        "server.trusted_proxies: [] → [\"10.0.0.0/8\", \"2001:db8::/32\", \"192.0.2.1\"]",
                        "server.limits.body: 5MiB → 1MiB",
                        "server.limits.header: 16KiB → 8KiB",
                        "server.limits.batch: 1000 → 100",
                        "server.limits.batch_reply: 64MiB → 32MiB",
                        "server.limits.nesting: 64 → 32",
                        "server.limits.calls_per_connection: 1000 → 200",
                        "server.limits.connections: 20000 → 2000",
                        "server.timeouts.header: 10s → 5s",
                        "server.timeouts.body: 30s → 15s",
                        "server.timeouts.idle: 75s → 90s",
                        "server.timeouts.call: 60s → 45s",
                        "server.timeouts.slow_reader: 30s → 20s",
                        "server.timeouts.stop: 30s → 10s",
                        "upstream.connect_timeout: 2s → 1s",
                        "upstream.idle_timeout: 50s → 40s",
                        "upstream.stall_timeout: 15s → 10s",
                        "upstream.held_reply: 256KiB → 64KiB",
                        "upstream.largest_reply: 0 → 1GiB",
                        "upstream.allow_link_local: false → true",
                        "dispatch.attempt: 4s → 3s",
                        "dispatch.slow_attempt: 30s → 25s",
                        "dispatch.attempts: 5 → 4",
                        "dispatch.broadcast: 2 → 1",
                        "dispatch.retry_budget: 0.2 → 0.5",
                        "dispatch.queue: 1024 → 512",
                        "dispatch.queue_time: 2s → 1s",
                        "dispatch.eject: 1s → 2s",
                        "dispatch.eject_at_most: 60s → 120s",
                        "dispatch.out_of_service: none → 30s",
                        "admin.token changed",
                        "memory.patience: 3s → 4s",
                        "memory.unread: 2MiB → 1MiB",
                        "logs.format: console → json",
                        "logs.level: info → debug",
                        "cache.memory: 64MiB → 16MiB",
                        "policy.preset: none → read-only",
                        "policy.allow: [] → [\"debug_trace*\"]",
                        "policy.deny: [] → [\"eth_getProof\"]",
                        "policy.public: none → false",
                        "policy.limits: [] → [\"dapp-session\"]",
                        "policy.credits: {} → { \"debug_*\" = 300, eth_getLogs = 75 }",
                        "policy.logs.blocks: none → 10000",
                        "policy.logs.addresses: none → 100",
                        "policy.logs.topics: none → 20",
                        "policy.logs.results: none → 5000",
                        "policy.errors: none → infura",
                        "policy.help: none → https://rpc.example/help",
                        "policy.transactions.check_chain_id: none → false",
                        "policy.transactions.require_eip155: none → true",
                        "policy.transactions.max_size: none → 64KiB",
                        "policy.transactions.max_gas: none → 30000000",
                        "policy.transactions.max_fee: none → 1",
                        "policy.transactions.allow_senders: [] → [\"0x00000000000000000000000000000000deadbee1\"]",
                        "policy.transactions.deny_senders: [] → [\"0x00000000000000000000000000000000deadbee2\"]",
                        "policy.transactions.webhook: none → given",
                        "routes[0] added",
                        "limits[0] added",
                        "limits[1] added",
                        "tenant team added",
                        "tenant sso added",
                        "tenant idp added",
                        "chain mainnet added",
                        "server.listen: [\"127.0.0.1:8080\"] → [\"127.0.0.1:9090\", \"[0:0:0:0:0:0:0:1]:9090\"] (takes "
                                + "effect at the next start)",
                        "server.tls: none → given (takes effect at the next start)",
                        "upstream.connections_per_node: 64 → 32 (takes effect at the next start)",
                        "admin.listen: 127.0.0.1:8081 → :9091 (takes effect at the next start)",
                        "store.directory: fairlead-data → "
                                + FILE.toAbsolutePath().resolveSibling("data") + " (takes effect at the next start)",
                        "memory.heap: 0 → 48MiB (takes effect at the next start)",
                        "memory.direct: 0 → 96MiB (takes effect at the next start)",
                        "event_loops.transport: auto → nio (takes effect at the next start)",
                        "event_loops.threads: 0 → 4 (takes effect at the next start)",
                        "redis.url changed (takes effect at the next start)",
                        "redis.password changed (takes effect at the next start)",
                        "redis.ca: none → " + FILE.toAbsolutePath() + " (takes effect at the next start)",
                        "redis.prefix: fairlead → rpc (takes effect at the next start)",
                        "redis.timeout: 500ms → 1s (takes effect at the next start)",
                        "redis.gateways: 1 → 3 (takes effect at the next start)");
    }

    @Test
    void everyKeyOfTheChainReachesItsPlan() {
        var bare = Toml.valid("""
                [chains.mainnet]
                [chains.mainnet.nodes.infura]
                url = "https://mainnet.infura.io"
                auth = { password = "x" }
                [chains.mainnet.nodes.geth-1]
                url = "http://10.0.0.5"
                [chains.mainnet.groups.archive]
                methods = "a"
                """);

        var lines = ReloadDifference.between(bare.with(read().server()), read().with(read().server())).lines().stream()
                .filter(line -> line.startsWith("chain "));

        assertThat(lines)
                .containsExactly(
                        "chain mainnet: id: 0 → 1",
                        "chain mainnet: leaders: [] → [\"infura\"]",
                        "chain mainnet: tolerated_lag: 10 → 5",
                        "chain mainnet: tolerated_lag_time: 4m → 60s",
                        "chain mainnet: tolerated_lead: 10 → 3",
                        "chain mainnet: probe_interval: 2s → 1s",
                        "chain mainnet: probe_timeout: 2s → 1500ms",
                        "chain mainnet: fall: 2 → 3",
                        "chain mainnet: rise: 2 → 4",
                        "chain mainnet: block_time: 12s → 13s",
                        "chain mainnet: quiet: false → true",
                        "chain mainnet: leader_rate: 0 → 12.5",
                        "chain mainnet: rented_daily: 0 → 5000000",
                        "chain mainnet: node infura: url changed",
                        "chain mainnet: node infura: auth.user changed",
                        "chain mainnet: node infura: auth.password changed",
                        "chain mainnet: node geth-1: url changed",
                        "chain mainnet: node geth-1: ws_url changed",
                        "chain mainnet: node geth-1: role: own → rented",
                        "chain mainnet: node geth-1: weight: 100 → 50",
                        "chain mainnet: node geth-1: capacity: 256 → 64",
                        "chain mainnet: node geth-1: rate: none → 500/s",
                        "chain mainnet: node geth-1: daily: 0 → 3000000",
                        "chain mainnet: node geth-1: credits: {} → { \"*\" = 80, eth_getLogs = 255 }",
                        "chain mainnet: node geth-1: labels: {} → { zone = \"a\", client = \"geth\" }",
                        "chain mainnet: node geth-1: headers changed",
                        "chain mainnet: node geth-1: tls: none → given",
                        "chain mainnet: group archive: nodes: [] → [\"geth-1\"]",
                        "chain mainnet: group archive: strategy: latency → ordered",
                        "chain mainnet: group archive: methods: [\"a\"] → [\"trace_*\", \"debug_traceTransaction\"]",
                        "chain mainnet: group archive: dispatch.attempt: none → 5s",
                        "chain mainnet: group archive: dispatch.slow_attempt: none → 50s",
                        "chain mainnet: group archive: dispatch.attempts: none → 2",
                        "chain mainnet: group archive: dispatch.deadline: none → 8s",
                        "chain mainnet: dispatch.attempt: none → 2s",
                        "chain mainnet: dispatch.slow_attempt: none → 20s",
                        "chain mainnet: dispatch.attempts: none → 3",
                        "chain mainnet: dispatch.deadline: none → 9s",
                        "chain mainnet: policy.preset: none → dapp",
                        "chain mainnet: policy.allow: [] → [\"txpool_status\"]",
                        "chain mainnet: policy.deny: [] → [\"eth_getLogs\"]",
                        "chain mainnet: policy.public: none → true",
                        "chain mainnet: policy.logs.blocks: none → 2000",
                        "chain mainnet: policy.errors: none → geth",
                        "chain mainnet: policy.transactions.check_chain_id: none → true",
                        "chain mainnet: policy.transactions.require_eip155: none → false",
                        "chain mainnet: policy.transactions.max_size: none → 128KiB",
                        "chain mainnet: policy.transactions.max_gas: none → 16777216",
                        "chain mainnet: policy.transactions.max_fee: none → 1.5",
                        "chain mainnet: policy.transactions.allow_senders: [] → [\"0x00000000000000000000000000000000deadbeef\"]",
                        "chain mainnet: policy.transactions.deny_senders: [] → [\"0x00000000000000000000000000000000deadbee0\"]",
                        "chain mainnet: policy.transactions.webhook: none → given");
    }

    @Test
    void noKeyTakesAnyValue() {
        for (String path : paths(Keys.ROOT)) {
            String named = path.replace("<chain>", "m")
                    .replace("<node>", "n")
                    .replace("<group>", "g")
                    .replace("<tenant>", "t");
            String toml = named.startsWith("routes.") || named.startsWith("limits.")
                    ? "[[" + named.substring(0, 6) + "]]\n" + named.substring(7) + " = [[]]"
                    : named + " = [[]]";

            assertThat(Toml.faults(toml)).as(path).anyMatch(fault -> fault.contains(": expected "));
        }
    }

    public static Settings read() {
        return ((Configuration.Valid) ConfigurationReader.read(FILE, Map.of())).settings();
    }

    private static List<String> names(Table<?> table) {
        return paths(table).stream()
                .map(path -> path.substring(path.lastIndexOf('.') + 1))
                .toList();
    }

    private static List<String> paths(Table<?> table) {
        var paths = new ArrayList<String>();
        for (Key<?, ?> key : table.keys()) {
            paths.add(table.title().isEmpty() ? key.name() : table.title() + "." + key.name());
            if (key.type() instanceof TableType<?> inner) paths.addAll(paths(inner.table()));
        }
        return paths;
    }
}
