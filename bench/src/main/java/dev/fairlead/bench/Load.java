package dev.fairlead.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Calls of one kind, and how many at once: `wrk` as fast as it goes, `h2load` for HTTP/2 and for a fixed rate.
///
/// @param rate calls per second, or 0 for as many as are answered
record Load(String name, String body, boolean unasked, int connections, Wire wire, double rate) {
    private static final String ADDRESS = "[\"0x00000000219ab540356cbb839cbe05303d7705fa\",\"latest\"]";
    static final String SMALL = call(CannedReplies.SMALL, ADDRESS);
    static final String MEDIUM = call(CannedReplies.MEDIUM, "[{\"fromBlock\":\"latest\"}]");
    static final String LARGE = call(CannedReplies.LARGE, "[\"latest\"]");
    static final String UNASKED = call("eth_chainId", "[]");
    private static final int BATCHED = 10;
    static final String BATCH = "[" + String.join(",", Collections.nCopies(BATCHED, SMALL)) + "]";

    private static final int STREAMS = 8;
    private static final Pattern WRK = Pattern.compile("bench" + " (\\S+)".repeat(7));
    private static final Pattern H2LOAD =
            Pattern.compile("requests: \\d+ total, \\d+ started, (\\d+) done, " + "(\\d+) succeeded");

    enum Wire {
        HTTP,
        TLS,
        HTTP2
    }

    /// What the load saw.
    record Seen(double seconds, double calls, double failed, Latency latency) {}

    static Load of(String name, String body, int connections) {
        return new Load(name, body, false, connections, Wire.HTTP, 0);
    }

    /// The same over another wire.
    Load over(Wire other) {
        return new Load(name, body, unasked, connections, other, rate);
    }

    Load withoutNode() {
        return new Load(name, body, true, connections, wire, rate);
    }

    Load at(double callsPerSecond) {
        return new Load(name, body, unasked, connections, wire, callsPerSecond);
    }

    /// Calls in one request.
    private int elements() {
        return body.equals(BATCH) ? BATCHED : 1;
    }

    Seen run(Proxy proxy, int seconds, Bench.Place place) throws IOException, InterruptedException {
        return wire == Wire.HTTP2 || rate > 0 ? h2load(proxy, seconds, place) : wrk(proxy, seconds, place);
    }

    private Seen wrk(Proxy proxy, int seconds, Bench.Place place) throws IOException, InterruptedException {
        Path script = place.work().resolve(name + ".lua");
        Files.writeString(script, """
                wrk.method = "POST"
                wrk.headers["content-type"] = "application/json"
                wrk.body = [==[%s]==]
                done = function(summary, latency, requests)
                  local failed = summary.errors.connect + summary.errors.read + summary.errors.write
                    + summary.errors.status + summary.errors.timeout
                  io.write(string.format("bench %%f %%d %%d %%f %%f %%f %%f\\n", summary.duration / 1e6, summary.requests,
                    failed, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
                    latency:percentile(99.9) / 1e3, latency.max / 1e3))
                end
                """.formatted(body));
        String told = run(
                place,
                List.of(
                        "wrk",
                        "-t1",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--timeout",
                        "30s",
                        "-s",
                        script.toString(),
                        url(proxy)));
        Matcher line = WRK.matcher(told);
        if (!line.find()) throw new IOException("wrk said nothing of use: " + told);
        double[] numbers = new double[7];
        for (int i = 0; i < numbers.length; i++) numbers[i] = Double.parseDouble(line.group(i + 1));
        return new Seen(
                numbers[0],
                numbers[1] * elements(),
                numbers[2],
                new Latency(numbers[3], numbers[4], numbers[5], numbers[6]));
    }

    private Seen h2load(Proxy proxy, int seconds, Bench.Place place) throws IOException, InterruptedException {
        Path data = Files.writeString(place.work().resolve(name + ".json"), body);
        Path log = place.work().resolve(name + ".times");
        Files.deleteIfExists(log);
        var command = new ArrayList<>(List.of(
                "h2load",
                "-t1",
                "-c" + connections,
                "-D" + seconds,
                "-d",
                data.toString(),
                "-H",
                "content-type: application/json",
                "--log-file=" + log));
        if (wire == Wire.HTTP2) command.add("-m" + STREAMS);
        else command.add("--h1");
        if (rate > 0) command.add("--rps=" + String.format(Locale.ROOT, "%.2f", rate / connections));
        command.add(url(proxy));
        String told = run(place, command);
        Matcher line = H2LOAD.matcher(told);
        if (!line.find()) throw new IOException("h2load said nothing of use: " + told);
        double done = Double.parseDouble(line.group(1));
        return new Seen(seconds, done, done - Double.parseDouble(line.group(2)), latency(log));
    }

    private static Latency latency(Path log) throws IOException {
        double[] times;
        try (var lines = Files.lines(log)) {
            times = lines.mapToDouble(line -> Double.parseDouble(line.split("\t")[2]) / 1000)
                    .sorted()
                    .toArray();
        }
        if (times.length == 0) return new Latency(0, 0, 0, 0);
        return new Latency(
                times[times.length / 2],
                times[(int) (times.length * 0.99)],
                times[(int) (times.length * 0.999)],
                times[times.length - 1]);
    }

    private String url(Proxy proxy) {
        String path = unasked ? proxy.unasked() : proxy.path();
        return switch (wire) {
            case HTTP -> "http://127.0.0.1:" + proxy.port() + path;
            case TLS -> "https://127.0.0.1:" + proxy.port() + path;
            case HTTP2 -> "http://127.0.0.1:" + proxy.portOfHttp2() + path;
        };
    }

    private static String run(Bench.Place place, List<String> command) throws IOException, InterruptedException {
        var pinned = new ArrayList<>(List.of("taskset", "-c", place.loadCore()));
        pinned.addAll(command);
        Process process = new ProcessBuilder(pinned).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IOException(command.getFirst() + " failed: " + told);
        return told;
    }

    private static String call(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }
}
