package dev.fairlead.bench.micro;

import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.telemetry.Events.AttemptEnded;
import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.core.telemetry.Metrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What counting one call and its attempt costs.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MetricsBench {
    private static final String[] METHODS = {"eth_call", "eth_getBalance", "eth_getLogs", "eth_blockNumber"};

    private final Metrics metrics = new Metrics(new PrometheusRegistry());
    private final NodeId node = new NodeId("mainnet", "geth-1");
    private int turn;

    @Benchmark
    public void callEnded() {
        String method = METHODS[turn++ & 3];
        metrics.callEnded(new CallEnded(
                1,
                null,
                "mainnet",
                method,
                Ending.SERVED,
                node,
                1,
                0,
                0,
                null,
                200,
                800_000,
                "public",
                null,
                "10.0.0.7",
                null,
                null,
                null,
                0));
    }

    @Benchmark
    public void attemptEnded() {
        String method = METHODS[turn++ & 3];
        metrics.attemptEnded(new AttemptEnded(1, node, method, 1, "answered", null, 200, 0, null, 700_000));
    }
}
