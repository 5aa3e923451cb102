package dev.fairlead.scenario;

import dev.fairlead.support.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real node: an anvil process on loopback that mines only when told to.
final class Anvil implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Path BINARY = Path.of("src/test/clients/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final int port;
    private final long genesisTime;
    private Process process;

    private Anvil(int port, long genesisTime, Process process) {
        this.port = port;
        this.genesisTime = genesisTime;
        this.process = process;
    }

    /// @param genesisTime seconds; nodes with the same one share their genesis
    static Anvil start(long genesisTime) {
        int port = freePort();
        var anvil = new Anvil(port, genesisTime, launch(port, genesisTime));
        anvil.awaitAnswer();
        return anvil;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String wsUrl() {
        return "ws://127.0.0.1:" + port;
    }

    /// The result of one call.
    ///
    /// @throws Objection when the node answers with an error
    JsonNode call(String method, Object... params) {
        JsonNode reply = post(JSON.writeValueAsString(request(method, params)));
        if (reply.has("error")) throw new Objection(method, reply.get("error"));
        return reply.get("result");
    }

    /// Several calls in one body, so that nothing comes between them.
    List<JsonNode> calls(List<Object> requests) {
        return new ArrayList<>(
                post(JSON.writeValueAsString(requests)).valueStream().toList());
    }

    static Object request(String method, Object... params) {
        return java.util.Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params);
    }

    long height() {
        return Long.decode(call("eth_blockNumber").asString());
    }

    String hashOf(long number) {
        return call("eth_getBlockByNumber", hex(number), false).path("hash").asString();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// SIGKILL: connections are reset, the port is closed.
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /// A new, empty process on the same port.
    void revive() {
        process = launch(port, genesisTime);
        awaitAnswer();
    }

    /// SIGSTOP: the port still accepts, nothing answers.
    void hang() {
        signal("STOP");
    }

    /// SIGCONT.
    void resume() {
        signal("CONT");
    }

    @Override
    public void close() {
        kill();
    }

    static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) throw new IllegalStateException("kill -" + name + " ended with " + code);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private JsonNode post(String body) {
        var request = HttpRequest.newBuilder(URI.create(url()))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void awaitAnswer() {
        Await.until("anvil answers on port " + port, Duration.ofSeconds(15), () -> {
            try {
                return call("eth_chainId") != null;
            } catch (UncheckedIOException notYet) {
                return false;
            }
        });
    }

    private static Process launch(int port, long genesisTime) {
        if (!Files.isExecutable(BINARY)) {
            throw new IllegalStateException("no anvil at " + BINARY.toAbsolutePath()
                    + "; run ./verify once, or: cd gateway/src/test/clients && npm install --no-save --ignore-scripts");
        }
        try {
            return new ProcessBuilder(
                            BINARY.toString(),
                            "--port",
                            Integer.toString(port),
                            "--chain-id",
                            "1337",
                            "--timestamp",
                            Long.toString(genesisTime),
                            "--no-mining",
                            "--silent")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// What a node objected to.
    static final class Objection extends RuntimeException {
        private static final long serialVersionUID = 1;

        Objection(String method, JsonNode error) {
            super(method + ": " + error);
        }
    }
}
