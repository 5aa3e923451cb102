package dev.fairlead.bench.micro;

import dev.fairlead.core.jsonrpc.JsonStream;
import dev.fairlead.core.jsonrpc.ReplyScan;
import dev.fairlead.core.jsonrpc.ReplyShape;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to read a reply whole before it goes out: a small one, and the largest that are held; and to look at
/// a larger one while it streams.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReplyBench {
    private static final int HELD = 256 * 1024;
    private static final int PIECE = 8 * 1024;
    private static final String LOG = """
            {"address":"0xdac17f958d2ee523a2206206994597c13d831ec7","topics":["0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"],"data":"0x05f5e100","blockNumber":"0x14d5e8f","logIndex":"0x2f","removed":false}""";

    private final byte[] small = reply("\"0x1234567890abcdef\"");
    private final byte[] hex = reply("\"0x" + "0".repeat(HELD - 100) + "\"");
    private final byte[] logs = reply("[" + (LOG + ",").repeat(HELD / LOG.length() - 2) + LOG + "]");

    private final byte[] largeHex = reply("\"0x" + "0".repeat(4 * HELD) + "\"");
    private final byte[] largeLogs = reply("[" + (LOG + ",").repeat(4 * HELD / LOG.length()) + LOG + "]");

    @Benchmark
    public @Nullable ReplyShape small() {
        return ReplyScan.of(small, 0, small.length);
    }

    @Benchmark
    public @Nullable ReplyShape hexOf256Kilobytes() {
        return ReplyScan.of(hex, 0, hex.length);
    }

    @Benchmark
    public @Nullable ReplyShape logsOf256Kilobytes() {
        return ReplyScan.of(logs, 0, logs.length);
    }

    @Benchmark
    public boolean hexOfAMegabyteThatStreams() {
        return streamed(largeHex);
    }

    @Benchmark
    public boolean logsOfAMegabyteThatStream() {
        return streamed(largeLogs);
    }

    private static boolean streamed(byte[] reply) {
        var stream = new JsonStream();
        for (int at = 0; at < reply.length; at += PIECE) stream.read(reply, at, Math.min(reply.length, at + PIECE));
        return stream.isWhole();
    }

    private static byte[] reply(String result) {
        return ("{\"jsonrpc\":\"2.0\",\"id\":1234567890,\"result\":" + result + "}").getBytes(StandardCharsets.UTF_8);
    }
}
