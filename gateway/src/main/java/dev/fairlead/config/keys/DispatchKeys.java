package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.Scalar;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.data.load.DispatchConfig;
import java.time.Duration;
import java.util.List;

/// The keys of `[dispatch]`: how hard the nodes are tried.
final class DispatchKeys {
    private static final Scalar<Duration> TIME = Scalars.duration(Duration.ofMillis(10), Duration.ofHours(1));

    static final Key<DispatchConfig, Duration> ATTEMPT = new Key<>(
            "attempt", TIME, DispatchConfig::attempt, "Until a node's reply must have begun, for quick methods.");
    static final Key<DispatchConfig, Duration> SLOW_ATTEMPT = new Key<>(
            "slow_attempt",
            TIME,
            DispatchConfig::slowAttempt,
            "The same for methods that may take long: eth_call and what else the EVM runs, traces, logs, proofs; and for "
                    + "what must not be done twice. Above the 5 s that geth gives the EVM.");
    static final Key<DispatchConfig, Integer> ATTEMPTS = new Key<>(
            "attempts",
            Scalars.count(1, 100),
            DispatchConfig::attempts,
            "Most attempts for one call, the first one included. What never reached a node does not count, nor do questions for a "
                    + "node's head or for a transaction; a pause in which all nodes are waited for begins anew.");
    static final Key<DispatchConfig, Integer> BROADCAST = new Key<>(
            "broadcast",
            Scalars.count(0, 100),
            DispatchConfig::broadcast,
            "Further own nodes that are told of a transaction once one has accepted it, or the leader when there is "
                    + "no other; 0 tells nobody.");
    static final Key<DispatchConfig, Double> RETRY_BUDGET = new Key<>(
            "retry_budget",
            Scalars.decimal(0, 1),
            DispatchConfig::retryBudget,
            "Share of calls that may be tried again once the nodes fail in numbers.");
    static final Key<DispatchConfig, Integer> QUEUE = new Key<>(
            "queue",
            Scalars.count(0, 1_000_000),
            DispatchConfig::queue,
            "Most calls that wait for a place at one node; clients take turns, and when it is full, whoever has most "
                    + "makes room.");
    static final Key<DispatchConfig, Duration> QUEUE_TIME =
            new Key<>("queue_time", TIME, DispatchConfig::queueTime, "How long such a call waits at the most.");
    static final Key<DispatchConfig, Duration> EJECT = new Key<>(
            "eject",
            TIME,
            DispatchConfig::eject,
            "How long a node is spared after its first failure; doubles with every further one.");
    static final Key<DispatchConfig, Duration> EJECT_AT_MOST = new Key<>(
            "eject_at_most",
            Scalars.duration(Duration.ofMillis(10), Duration.ofHours(24)),
            DispatchConfig::ejectAtMost,
            "Where that doubling ends.");
    static final Key<DispatchConfig, Duration> OUT_OF_SERVICE = new Key<>(
            "out_of_service",
            Scalars.duration(Duration.ofMillis(10), Duration.ofHours(24)),
            DispatchConfig::outOfService,
            "How long a node is spared after a failure, always the same, instead of `eject`, which grows.");
    static final Table<DispatchConfig> DISPATCH = new Table<>(
            "dispatch",
            "How hard the nodes are tried.",
            DispatchConfig.DEFAULT,
            List.of(
                    ATTEMPT,
                    SLOW_ATTEMPT,
                    ATTEMPTS,
                    BROADCAST,
                    RETRY_BUDGET,
                    QUEUE,
                    QUEUE_TIME,
                    EJECT,
                    EJECT_AT_MOST,
                    OUT_OF_SERVICE),
            values -> new DispatchConfig(
                    values.of(ATTEMPT),
                    values.of(SLOW_ATTEMPT),
                    values.of(ATTEMPTS),
                    values.of(BROADCAST),
                    values.of(RETRY_BUDGET),
                    values.of(QUEUE),
                    values.of(QUEUE_TIME),
                    values.of(EJECT),
                    values.of(EJECT_AT_MOST),
                    values.orNull(OUT_OF_SERVICE)));

    private DispatchKeys() {}
}
