package dev.fairlead.scenario;

import dev.fairlead.support.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// The product as operators run it: `fairlead serve` in a process of its own.
final class GatewayProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;
    private final int port;
    private final int adminPort;

    private GatewayProcess(Process process, Path log, int port, int adminPort) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.adminPort = adminPort;
    }

    /// Starts with a configuration file, whose listeners must be these ports, and waits until it can serve.
    static GatewayProcess serve(Path configuration, int port, int adminPort) {
        var gateway = launch(
                List.of("serve", "--config", configuration.toString()),
                configuration.resolveSibling(".").normalize(),
                port,
                adminPort);
        gateway.awaitReady();
        return gateway;
    }

    static GatewayProcess launch(List<String> arguments, Path directory, int port, int adminPort) {
        return launch(List.of("-Xmx256m"), arguments, directory, port, adminPort);
    }

    /// @param memory what the virtual machine may have
    static GatewayProcess launch(List<String> memory, List<String> arguments, Path directory, int port, int adminPort) {
        return launch(List.of(), memory, arguments, directory, port, adminPort);
    }

    /// @param before a command that becomes the one that follows it
    static GatewayProcess launch(
            List<String> before, List<String> memory, List<String> arguments, Path directory, int port, int adminPort) {
        try {
            Path log = Files.createTempFile(directory, "gateway", ".log");
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.fairlead.Main"));
            command.addAll(1, memory);
            command.addAll(arguments);
            command.addAll(0, before);
            var process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new GatewayProcess(process, log, port, adminPort);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String adminUrl() {
        return "http://127.0.0.1:" + adminPort;
    }

    JsonNode status() {
        return admin("GET", "/api/v1/status");
    }

    JsonNode nodes() {
        return admin("GET", "/api/v1/nodes");
    }

    /// The verdict of one node, as the API tells it.
    String verdict(String name) {
        for (JsonNode node : nodes()) {
            if (node.path("name").asString().equals(name))
                return node.path("verdict").asString();
        }
        throw new AssertionError("no node " + name + " in " + nodes());
    }

    void awaitVerdict(String name, String verdict, Duration atMost) {
        Await.until(name + " is " + verdict, atMost, () -> {
            try {
                return verdict(name).equals(verdict);
            } catch (UncheckedIOException notYet) {
                return false;
            }
        });
    }

    JsonNode admin(String verb, String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
                .timeout(Duration.ofSeconds(10))
                .method(verb, BodyPublishers.noBody())
                .build();
        try {
            return Anvil.JSON.readTree(
                    HTTP.send(request, BodyHandlers.ofString()).body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    void awaitReady() {
        Await.until("the gateway is ready; its log: " + log, Duration.ofSeconds(20), () -> {
            if (!process.isAlive()) throw new AssertionError("the gateway ended:\n" + log());
            return isReady();
        });
    }

    boolean isReady() {
        var request = HttpRequest.newBuilder(URI.create(url() + "/readyz"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Memory that the process holds.
    long residentKib() {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void hangUp() {
        try {
            new ProcessBuilder("kill", "-HUP", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// SIGTERM.
    void askToEnd() {
        process.destroy();
    }

    /// SIGTERM, and waits for the end.
    ///
    /// @return the exit code
    int terminate() {
        askToEnd();
        return awaitEnd();
    }

    /// @return the exit code
    int awaitEnd() {
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) throw new AssertionError("still running after 40 s:\n" + log());
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
