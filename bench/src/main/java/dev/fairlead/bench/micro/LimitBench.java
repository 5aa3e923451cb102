package dev.fairlead.bench.micro;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.Limit.Exempt;
import dev.fairlead.core.policy.Limit.Per;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.telemetry.AllEvents;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.limit.CallLimits;
import dev.fairlead.data.limit.DailyUse;
import dev.fairlead.data.limit.LimitGate;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// What it costs a call that passes to be counted, by no limit, one and two.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LimitBench {
    private static final int CALLERS = 1_024;

    @Param({"0", "1", "2"})
    int limits;

    private final Call[] calls = IntStream.range(0, CALLERS)
            .mapToObj(i -> call("10.0." + i / 256 + "." + i % 256))
            .toArray(Call[]::new);
    private LimitGate gate = gate(List.of());
    private int next;

    @Setup
    public void declare() {
        List<Limit> all = List.of(limit(List.of(Per.ADDRESS)), limit(List.of(Per.ADDRESS, Per.METHOD)));
        gate = gate(all.subList(0, limits));
    }

    @Benchmark
    public void counted(Blackhole passed) {
        next = (next + 1) % CALLERS;
        gate.take(calls[next], (call, _) -> passed.consume(call), passed::consume);
    }

    private static LimitGate gate(List<Limit> limits) {
        var plan = new PolicyPlan(GeneralPolicy.NONE, List.of(), limits, List.of(), List.of());
        var events = new AllEvents(List.of());
        var daily = new DailyUse(InstantSource.system(), events);
        return new LimitGate(new Board<>(AccessPolicy.of(plan, List.of(), false)), new CallLimits(), daily, events);
    }

    private static Limit limit(List<Per> per) {
        long many = 1_000_000_000;
        return new Limit("l", per, many, Duration.ofSeconds(1), many, false, List.of(), null, null, Exempt.NOBODY);
    }

    private static Call call(String address) {
        var client = new Client(Tenant.PUBLIC, null, address, new Peer(address, 1), null, null, ErrorPolicy.NONE, null);
        return new Call(1, "mainnet", Request.of("eth_call", "[]"), client, LOOP.eventLoop(), 0, 0);
    }

    private static final EmbeddedChannel LOOP = new EmbeddedChannel();
}
