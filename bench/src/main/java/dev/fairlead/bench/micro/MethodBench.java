package dev.fairlead.bench.micro;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.jsonrpc.Slice;
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

/// What it costs to know a method, and the block that a call names.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MethodBench {
    private static final String[] NAMES = {"eth_call", "eth_getBalance", "eth_getLogs", "eth_blockNumber"};

    private final Method balance = MethodTable.of("eth_getBalance");
    private final Slice params = Slice.of("[\"0x00000000219ab540356cbb839cbe05303d7705fa\",\"0x12a05f2\"]");
    private int turn;

    @Benchmark
    public Method known() {
        return MethodTable.of(NAMES[turn++ & 3]);
    }

    @Benchmark
    public Method stranger() {
        return MethodTable.of("vendor_getSomething");
    }

    @Benchmark
    public BlockRef namedBlock() {
        return BlockRef.of(balance, params);
    }
}
