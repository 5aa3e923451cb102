package dev.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.config.keys.Configuration;
import dev.fairlead.config.keys.ConfigurationReader;
import dev.fairlead.config.keys.Keys;
import dev.fairlead.config.keys.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Pins every default: whoever changes one changes this list too, and the changelog.
class DefaultsTest {
    @Test
    void everyDefaultIsAsPromised() {
        assertThat(defaults(Keys.ROOT))
                .containsExactly(
                        "server.listen = [\"127.0.0.1:8080\"]",
                        "server.cors_origins = [\"*\"]",
                        "server.gzip = true",
                        "server.hosts = {}",
                        "server.trusted_proxies = []",
                        "server.tls.certificate = required",
                        "server.tls.key = required",
                        "server.limits.body = \"5MiB\"",
                        "server.limits.header = \"16KiB\"",
                        "server.limits.batch = 1000",
                        "server.limits.batch_reply = \"64MiB\"",
                        "server.limits.nesting = 64",
                        "server.limits.calls_per_connection = 1000",
                        "server.limits.connections = 20000",
                        "server.timeouts.header = \"10s\"",
                        "server.timeouts.body = \"30s\"",
                        "server.timeouts.idle = \"75s\"",
                        "server.timeouts.call = \"60s\"",
                        "server.timeouts.slow_reader = \"30s\"",
                        "server.timeouts.stop = \"30s\"",
                        "upstream.connect_timeout = \"2s\"",
                        "upstream.idle_timeout = \"50s\"",
                        "upstream.stall_timeout = \"15s\"",
                        "upstream.connections_per_node = 64",
                        "upstream.held_reply = \"256KiB\"",
                        "upstream.largest_reply = 0",
                        "upstream.allow_link_local = false",
                        "dispatch.attempt = \"4s\"",
                        "dispatch.slow_attempt = \"30s\"",
                        "dispatch.attempts = 5",
                        "dispatch.broadcast = 2",
                        "dispatch.retry_budget = 0.2",
                        "dispatch.queue = 1024",
                        "dispatch.queue_time = \"2s\"",
                        "dispatch.eject = \"1s\"",
                        "dispatch.eject_at_most = \"60s\"",
                        "dispatch.out_of_service = none",
                        "admin.listen = \"127.0.0.1:8081\"",
                        "admin.token = none",
                        "store.directory = \"fairlead-data\"",
                        "memory.heap = 0",
                        "memory.direct = 0",
                        "memory.patience = \"3s\"",
                        "memory.unread = \"2MiB\"",
                        "event_loops.transport = \"auto\"",
                        "event_loops.threads = 0",
                        "logs.format = \"console\"",
                        "logs.level = \"info\"",
                        "redis.url = none",
                        "redis.password = none",
                        "redis.ca = none",
                        "redis.prefix = \"fairlead\"",
                        "redis.timeout = \"500ms\"",
                        "redis.gateways = 1",
                        "cache.memory = \"64MiB\"",
                        "policy.preset = local where every listener is on loopback and there are no tenants, else dapp",
                        "policy.allow = []",
                        "policy.deny = []",
                        "policy.public = true as long as there are no tenants",
                        "policy.limits = []",
                        "policy.credits = {}",
                        "policy.logs.blocks = no bound",
                        "policy.logs.addresses = no bound",
                        "policy.logs.topics = no bound",
                        "policy.logs.results = no bound",
                        "policy.errors = fairlead",
                        "policy.help = none",
                        "policy.transactions.check_chain_id = what the chain or policy.transactions says, else true",
                        "policy.transactions.require_eip155 = what the chain or policy.transactions says, else true, but where the preset is local or everything, which leave it to the node",
                        "policy.transactions.max_size = what the chain or policy.transactions says, else 0",
                        "policy.transactions.max_gas = what the chain or policy.transactions says, else 0",
                        "policy.transactions.max_fee = what the chain or policy.transactions says, else 0",
                        "policy.transactions.allow_senders = what the chain or policy.transactions says, else all",
                        "policy.transactions.deny_senders = []",
                        "policy.transactions.webhook.url = required",
                        "policy.transactions.webhook.timeout = \"2s\"",
                        "policy.transactions.webhook.on_failure = \"closed\"",
                        "policy.transactions.webhook.in_flight = 64",
                        "routes.tenant = any",
                        "routes.chain = any",
                        "routes.methods = all that are open anyway",
                        "routes.group = required",
                        "limits.per = [\"address\"]",
                        "limits.rate = required",
                        "limits.burst = as many as rate has",
                        "limits.fixed = false",
                        "limits.methods = all",
                        "limits.tenant = everybody's",
                        "limits.chain = all",
                        "limits.exempt_origins = []",
                        "limits.exempt_agents = []",
                        "limits.exempt_tenants = []",
                        "tenants.<tenant>.preset = the chain's, or policy.preset",
                        "tenants.<tenant>.allow = []",
                        "tenants.<tenant>.deny = []",
                        "tenants.<tenant>.rate = none",
                        "tenants.<tenant>.burst = as many as rate has",
                        "tenants.<tenant>.daily = 0",
                        "tenants.<tenant>.logs.blocks = the chain's, or that of [policy.logs]",
                        "tenants.<tenant>.logs.addresses = the chain's, or that of [policy.logs]",
                        "tenants.<tenant>.logs.topics = the chain's, or that of [policy.logs]",
                        "tenants.<tenant>.logs.results = the chain's, or that of [policy.logs]",
                        "tenants.<tenant>.errors = the chain's, or policy.errors",
                        "tenants.<tenant>.transactions.check_chain_id = what the chain or policy.transactions says, else true",
                        "tenants.<tenant>.transactions.require_eip155 = what the chain or policy.transactions says, else true, but where the preset is local or everything, which leave it to the node",
                        "tenants.<tenant>.transactions.max_size = what the chain or policy.transactions says, else 0",
                        "tenants.<tenant>.transactions.max_gas = what the chain or policy.transactions says, else 0",
                        "tenants.<tenant>.transactions.max_fee = what the chain or policy.transactions says, else 0",
                        "tenants.<tenant>.transactions.allow_senders = what the chain or policy.transactions says, else all",
                        "tenants.<tenant>.transactions.deny_senders = []",
                        "tenants.<tenant>.transactions.webhook.url = required",
                        "tenants.<tenant>.transactions.webhook.timeout = \"2s\"",
                        "tenants.<tenant>.transactions.webhook.on_failure = \"closed\"",
                        "tenants.<tenant>.transactions.webhook.in_flight = 64",
                        "tenants.<tenant>.addresses = []",
                        "tenants.<tenant>.origins = []",
                        "tenants.<tenant>.agents = []",
                        "tenants.<tenant>.jwt.keys = []",
                        "tenants.<tenant>.jwt.jwks = none",
                        "tenants.<tenant>.jwt.jwks_url = none",
                        "tenants.<tenant>.jwt.jwks_refresh = \"5m\"",
                        "tenants.<tenant>.jwt.audience = required",
                        "tenants.<tenant>.jwt.issuer = any",
                        "tenants.<tenant>.jwt.required = false",
                        "chains.<chain>.id = learned from the leader or the majority of the nodes",
                        "chains.<chain>.leaders = []",
                        "chains.<chain>.tolerated_lag = 10; beside a tolerated_lag_time, twice the blocks of that time, "
                                + "at least 10",
                        "chains.<chain>.tolerated_lag_time = twice the time of tolerated_lag blocks, at least 120s",
                        "chains.<chain>.tolerated_lead = 10",
                        "chains.<chain>.probe_interval = \"2s\"",
                        "chains.<chain>.probe_timeout = \"2s\"",
                        "chains.<chain>.fall = 2",
                        "chains.<chain>.rise = 2",
                        "chains.<chain>.block_time = by id: 12s for Ethereum and chains not known here, 2s for OP stack "
                                + "chains and so on",
                        "chains.<chain>.quiet = false",
                        "chains.<chain>.leader_rate = 0",
                        "chains.<chain>.rented_daily = 0",
                        "chains.<chain>.nodes.<node>.url = required",
                        "chains.<chain>.nodes.<node>.ws_url = none",
                        "chains.<chain>.nodes.<node>.role = own; rented for the hosts of well-known providers",
                        "chains.<chain>.nodes.<node>.weight = 100",
                        "chains.<chain>.nodes.<node>.capacity = 256",
                        "chains.<chain>.nodes.<node>.rate = none",
                        "chains.<chain>.nodes.<node>.daily = 0",
                        "chains.<chain>.nodes.<node>.credits = {}",
                        "chains.<chain>.nodes.<node>.labels = {}",
                        "chains.<chain>.nodes.<node>.headers = {}",
                        "chains.<chain>.nodes.<node>.auth.user = \"\"",
                        "chains.<chain>.nodes.<node>.auth.password = required",
                        "chains.<chain>.nodes.<node>.tls.ca = none",
                        "chains.<chain>.nodes.<node>.tls.certificate = none",
                        "chains.<chain>.nodes.<node>.tls.key = none",
                        "chains.<chain>.groups.<group>.nodes = []",
                        "chains.<chain>.groups.<group>.strategy = \"latency\"",
                        "chains.<chain>.groups.<group>.methods = []",
                        "chains.<chain>.groups.<group>.dispatch.attempt = as its chain says",
                        "chains.<chain>.groups.<group>.dispatch.slow_attempt = as its chain says",
                        "chains.<chain>.groups.<group>.dispatch.attempts = as its chain says",
                        "chains.<chain>.groups.<group>.dispatch.deadline = as its chain says",
                        "chains.<chain>.dispatch.attempt = as [dispatch] says",
                        "chains.<chain>.dispatch.slow_attempt = as [dispatch] says",
                        "chains.<chain>.dispatch.attempts = as [dispatch] says",
                        "chains.<chain>.dispatch.deadline = none",
                        "chains.<chain>.policy.preset = policy.preset",
                        "chains.<chain>.policy.allow = []",
                        "chains.<chain>.policy.deny = []",
                        "chains.<chain>.policy.public = policy.public",
                        "chains.<chain>.policy.logs.blocks = that of [policy.logs]",
                        "chains.<chain>.policy.logs.addresses = that of [policy.logs]",
                        "chains.<chain>.policy.logs.topics = that of [policy.logs]",
                        "chains.<chain>.policy.logs.results = that of [policy.logs]",
                        "chains.<chain>.policy.errors = policy.errors",
                        "chains.<chain>.policy.transactions.check_chain_id = what the chain or policy.transactions says, else true",
                        "chains.<chain>.policy.transactions.require_eip155 = what the chain or policy.transactions says, else true, but where the preset is local or everything, which leave it to the node",
                        "chains.<chain>.policy.transactions.max_size = what the chain or policy.transactions says, else 0",
                        "chains.<chain>.policy.transactions.max_gas = what the chain or policy.transactions says, else 0",
                        "chains.<chain>.policy.transactions.max_fee = what the chain or policy.transactions says, else 0",
                        "chains.<chain>.policy.transactions.allow_senders = what the chain or policy.transactions says, else all",
                        "chains.<chain>.policy.transactions.deny_senders = []",
                        "chains.<chain>.policy.transactions.webhook.url = required",
                        "chains.<chain>.policy.transactions.webhook.timeout = \"2s\"",
                        "chains.<chain>.policy.transactions.webhook.on_failure = \"closed\"",
                        "chains.<chain>.policy.transactions.webhook.in_flight = 64");
    }

    @Test
    void anEmptyFileIsTheDefaults() {
        var read = ConfigurationReader.parse("", Path.of(""), Map.of());

        assertThat(read).isEqualTo(new Configuration.Valid(Settings.DEFAULT, List.of()));
    }

    @Test
    void everyKeyHasAMeaningThatEndsLikeASentence() {
        assertThat(meanings(Keys.ROOT)).allMatch(meaning -> meaning.endsWith(".") && meaning.length() > 8);
    }

    private static <R> List<String> defaults(Table<R> table) {
        var lines = new ArrayList<String>();
        String prefix = table.title().isEmpty() ? "" : table.title() + ".";
        for (Key<R, ?> key : table.keys()) {
            if (key.type() instanceof TableType<?> inner) {
                lines.addAll(defaults(inner.table()));
            } else {
                lines.add(prefix + key.name() + " = "
                        + key.shownDefault(table.defaults()).replace("`", ""));
            }
        }
        return lines;
    }

    private static List<String> meanings(Table<?> table) {
        var meanings = new ArrayList<>(List.of(table.meaning()));
        for (Key<?, ?> key : table.keys()) {
            meanings.add(key.meaning());
            if (key.type() instanceof TableType<?> inner) meanings.addAll(meanings(inner.table()));
        }
        return meanings;
    }
}
