package dev.fairlead.bench;

import dev.fairlead.fakenode.FakeNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// `./fairlead serve` in a process of its own, as an operator starts it.
///
/// @param began when it was started, by [System#nanoTime]
record LaunchedGateway(Process process, int port, long began) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(2);
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_blockNumber\",\"params\":[]}";

    static LaunchedGateway start(Path home, Path scratch, FakeNode node, List<String> prefix, String rehearsal)
            throws IOException {
        int port = freePort();
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(
                home.resolve("fairlead").toString(),
                "serve",
                "--node",
                node.httpUrl().toString(),
                "--listen",
                "127.0.0.1:" + port,
                "--admin-listen",
                "127.0.0.1:0",
                "--data",
                scratch.resolve("data").toString()));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("gateway.log").toFile());
        builder.environment().put("FAIRLEAD_REHEARSAL", rehearsal);
        long began = System.nanoTime();
        return new LaunchedGateway(builder.start(), port, began);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// @return from the start of the process to the first call that was answered with 200
    Duration untilServed() {
        while (!isServing()) {
            long waited = System.nanoTime() - began;
            if (!process.isAlive() || waited > PATIENCE.toNanos()) {
                throw new IllegalStateException("the gateway did not come to serve; see gateway.log");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private boolean isServing() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(5_000);
            String request = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                    + CALL.length() + "\r\n\r\n" + CALL;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return new String(status, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    long residentMb() throws IOException {
        return status("VmRSS:");
    }

    long highestMb() throws IOException {
        return status("VmHWM:");
    }

    private long status(String key) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith(key))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024;
        }
    }

    /// Small calls, as many as it takes.
    void load(Path scratch, int connections, int seconds) throws IOException, InterruptedException {
        Path script = Files.writeString(
                scratch.resolve("call.lua"),
                "wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = '" + CALL + "'\n");
        new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + port + "/")
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("wrk.log").toFile())
                .start()
                .waitFor();
    }

    static boolean exists(String program) {
        boolean found = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        if (!found) System.out.println(program + " is not installed: what needs it is left out");
        return found;
    }

    static void remove(Path directory) throws IOException {
        try (Stream<Path> inside = Files.walk(directory)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
