package dev.fairlead.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What it costs merely to watch: a gateway of its own process, pinned to one core, over many nodes on many chains and
/// without a single call. Tells the CPU time as a share of one core, memory, and how soon every node had its verdict.
///
/// `WatchingBench --launcher ./fairlead --out watching.json`; see [Options] for the rest.
public final class WatchingBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final Options options;
    private final HttpClient http = HttpClient.newHttpClient();

    private WatchingBench(Options options) {
        this.options = options;
    }

    /// @param cores those that the gateway is pinned to, as `taskset` wants them
    /// @param transactions listed by each block; a busy mainnet block has 150 to 300
    /// @param rounds measurements, one after the other, of the same process
    /// @param java more options for the gateway's JVM, separated by spaces
    record Options(
            Path launcher,
            Path out,
            String cores,
            int chains,
            int nodes,
            int transactions,
            Duration warm,
            Duration measure,
            int rounds,
            String java) {
        static Options parse(String... arguments) {
            var options = new Options(
                    Path.of("fairlead"),
                    Path.of("watching.json"),
                    "0",
                    50,
                    1000,
                    0,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    1,
                    "");
            for (int i = 0; i + 1 < arguments.length; i += 2) options = options.with(arguments[i], arguments[i + 1]);
            return options;
        }

        private Options with(String name, String value) {
            return new Options(
                    name.equals("--launcher") ? Path.of(value) : launcher,
                    name.equals("--out") ? Path.of(value) : out,
                    name.equals("--cores") ? value : cores,
                    name.equals("--chains") ? Integer.parseInt(value) : chains,
                    name.equals("--nodes") ? Integer.parseInt(value) : nodes,
                    name.equals("--transactions") ? Integer.parseInt(value) : transactions,
                    name.equals("--warm") ? Duration.ofSeconds(Long.parseLong(value)) : warm,
                    name.equals("--measure") ? Duration.ofSeconds(Long.parseLong(value)) : measure,
                    name.equals("--rounds") ? Integer.parseInt(value) : rounds,
                    name.equals("--java") ? value : java);
        }
    }

    /// One measurement.
    record Watching(
            int chains,
            int nodes,
            int transactions,
            double percentOfOneCore,
            double residentMiB,
            double probesPerSecond,
            double otherQuestionsPerSecond,
            double fleetsPerSecond,
            double secondsToEveryVerdict,
            double cpuSecondsToEveryVerdict) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "watching %d nodes on %d chains (blocks of %d transactions): %.1f %% of one core, %.0f MiB resident, "
                            + "%.0f probes/s and %.0f other questions/s, %.1f Fleets/s, all verdicts after %.1f s (%.1f s of CPU)",
                    nodes,
                    chains,
                    transactions,
                    percentOfOneCore,
                    residentMiB,
                    probesPerSecond,
                    otherQuestionsPerSecond,
                    fleetsPerSecond,
                    secondsToEveryVerdict,
                    cpuSecondsToEveryVerdict);
        }
    }

    /// From the start of the process until every node had its verdict.
    private record Start(double seconds, double cpuSeconds) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options = Options.parse(arguments);
        List<Watching> all = watch(options);
        Files.writeString(options.out, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }

    static List<Watching> watch(Options options) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("fairlead-watching");
        var bench = new WatchingBench(options);
        try (var nodes = new WatchedNodes(bench.chains())) {
            return bench.run(home, nodes);
        }
    }

    /// Every third chain makes a block every 2 s, the others every 12 s.
    private List<WatchedChain> chains() {
        Instant born = Instant.now().minusSeconds(3600);
        return IntStream.range(0, options.chains)
                .mapToObj(i -> new WatchedChain(
                        i + 7001,
                        Duration.ofSeconds(i % 3 == 0 ? 2 : 12),
                        options.transactions,
                        born.plusMillis(i * 37L)))
                .toList();
    }

    private List<Watching> run(Path home, WatchedNodes nodes) throws IOException, InterruptedException {
        int admin = freePort();
        Path config = Files.writeString(home.resolve("fairlead.toml"), configuration(nodes, admin));
        Instant began = Instant.now();
        Process gateway = start(config, home);
        try {
            awaitVerdicts(gateway, admin, home);
            var start = new Start(
                    seconds(Duration.between(began, Instant.now())),
                    seconds(ProcessCost.of(gateway.pid()).cpu()));
            TimeUnit.NANOSECONDS.sleep(options.warm.toNanos());
            var all = new ArrayList<Watching>();
            for (int i = 0; i < options.rounds; i++) {
                all.add(measure(gateway, admin, nodes, start));
                System.out.println(all.getLast().line());
            }
            return all;
        } finally {
            gateway.destroy();
            if (!gateway.waitFor(10, TimeUnit.SECONDS)) gateway.destroyForcibly();
        }
    }

    private Watching measure(Process gateway, int admin, WatchedNodes nodes, Start start)
            throws IOException, InterruptedException {
        long fleets = status(admin).path("fleet").asLong();
        long probes = nodes.probes();
        long others = nodes.others();
        long began = System.nanoTime();
        ProcessCost before = ProcessCost.of(gateway.pid());
        TimeUnit.NANOSECONDS.sleep(options.measure.toNanos());
        ProcessCost after = ProcessCost.of(gateway.pid());
        double seconds = (System.nanoTime() - began) / 1e9;
        double probed = (nodes.probes() - probes) / seconds;
        double asked = (nodes.others() - others) / seconds;
        return new Watching(
                options.chains,
                options.nodes,
                options.transactions,
                after.cpu().minus(before.cpu()).toMillis() / seconds / 10,
                after.resident() / 1048576.0,
                probed,
                asked,
                (status(admin).path("fleet").asLong() - fleets) / seconds,
                start.seconds,
                start.cpuSeconds);
    }

    private Process start(Path config, Path home) throws IOException {
        var command = new ArrayList<>(List.of("taskset", "-c", options.cores));
        command.addAll(List.of(options.launcher.toAbsolutePath().toString(), "serve", "--config", config.toString()));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("gateway.log").toFile());
        if (!options.java.isBlank()) process.environment().put("FAIRLEAD_JAVA_OPTS", options.java);
        return process.start();
    }

    private String configuration(WatchedNodes nodes, int admin) throws IOException {
        var toml = new StringBuilder("""
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [store]
                directory = "data"
                """.formatted(freePort(), admin));
        for (int chain = 0; chain < options.chains; chain++) {
            toml.append("[chains.c%d]\nblock_time = \"%ds\"\n".formatted(chain, chain % 3 == 0 ? 2 : 12));
            if (chain % 2 == 0) toml.append("leaders = [\"n0\"]\n");
            for (int node = 0; node < options.nodes / options.chains; node++) {
                toml.append("[chains.c%d.nodes.n%d]\nurl = \"%s\"\n".formatted(chain, node, nodes.url(chain, node)));
            }
        }
        return toml.toString();
    }

    private void awaitVerdicts(Process gateway, int admin, Path home) throws IOException, InterruptedException {
        Instant until = Instant.now().plus(LONGEST_START);
        while (Instant.now().isBefore(until)) {
            if (!gateway.isAlive()) break;
            if (ready(admin) >= options.nodes) return;
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IllegalStateException(
                "not every node became ready; the gateway says " + Files.readString(home.resolve("gateway.log")));
    }

    private int ready(int admin) throws InterruptedException {
        try {
            int ready = 0;
            for (JsonNode chain : status(admin).path("chains")) {
                ready += chain.path("nodes").path("byVerdict").path("ready").asInt(0);
            }
            return ready;
        } catch (IOException notYet) {
            return 0;
        }
    }

    private JsonNode status(int admin) throws IOException, InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + admin + "/api/v1/status");
        var request =
                HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(10)).build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
