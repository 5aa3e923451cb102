package dev.fairlead.bench.micro;

import dev.fairlead.core.jsonrpc.Envelope;
import dev.fairlead.core.jsonrpc.EnvelopeReader;
import java.nio.charset.StandardCharsets;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What reading one request costs, beside the library that would do it otherwise: the reason why the way of a call has
/// a scanner of its own.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EnvelopeBench {
    private static final byte[] SMALL = """
            {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x00000000219ab540356cbb839cbe05303d7705fa","latest"]}""".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BATCH = ("[" + (new String(SMALL, StandardCharsets.UTF_8) + ",").repeat(19)
                    + new String(SMALL, StandardCharsets.UTF_8) + "]")
            .getBytes(StandardCharsets.UTF_8);

    private final EnvelopeReader reader = new EnvelopeReader(64, 1000);
    private final JsonMapper jackson = JsonMapper.builder().build();

    @Benchmark
    public Envelope small() {
        return reader.read(SMALL);
    }

    @Benchmark
    public JsonNode smallByJackson() {
        return jackson.readTree(SMALL);
    }

    @Benchmark
    public Envelope batchOfTwenty() {
        return reader.read(BATCH);
    }
}
