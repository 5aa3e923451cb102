package dev.fairlead.bench.micro;

import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.KeyHash;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.TenantPlan;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

/// What finding a caller's key costs, however many keys there are, and comparing two that differ at either end.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KeyBench {
    private static final String KEY = "fl_%040d";
    private static final String HEX = "ab".repeat(32);

    @Param({"10", "1000", "100000"})
    int keys;

    private final KeyHash hash = KeyHash.ofHex(HEX);
    private final KeyHash otherAtTheBeginning = KeyHash.ofHex("00" + HEX.substring(2));
    private final KeyHash otherAtTheEnd = KeyHash.ofHex(HEX.substring(2) + "00");
    private final String[] texts =
            IntStream.range(0, 10).mapToObj(KEY::formatted).toArray(String[]::new);
    private AccessPolicy policy = AccessPolicy.EMPTY;
    private int next;

    @Setup
    public void fill() {
        List<ApiKey> all = IntStream.range(0, keys)
                .mapToObj(i -> new ApiKey("dapp", "key-" + i, "fl_", KeyHash.of(KEY.formatted(i)), Instant.EPOCH, null))
                .toList();
        var tenants = List.of(new TenantPlan("dapp", MethodPolicy.NONE));
        policy = AccessPolicy.of(
                new PolicyPlan(GeneralPolicy.NONE, List.of(), List.of(), tenants, all), List.of(), false);
    }

    @Benchmark
    public @Nullable ApiKey known() {
        next = (next + 1) % texts.length;
        return policy.key(texts[next]);
    }

    @Benchmark
    public @Nullable ApiKey unknown() {
        return policy.key("fl_nobodyhasthiskeynobodyhasthiskey");
    }

    @Benchmark
    public boolean differsAtTheBeginning() {
        return hash.equals(otherAtTheBeginning);
    }

    @Benchmark
    public boolean differsAtTheEnd() {
        return hash.equals(otherAtTheEnd);
    }
}
