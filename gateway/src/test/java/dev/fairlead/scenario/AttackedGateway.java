package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A gateway in a process of its own, with little memory, that is to be attacked while a [Canary] goes on calling it.
/// Its nodes are fake ones in this process, and healthy.
final class AttackedGateway implements AutoCloseable {
    /// So little that an attack needs no long time.
    static final List<String> LITTLE_MEMORY = List.of("-Xmx96m", "-XX:MaxDirectMemorySize=96m");

    private final List<FakeNode> nodes;
    private final GatewayProcess process;
    private final int port;

    private AttackedGateway(List<FakeNode> nodes, GatewayProcess process, int port) {
        this.nodes = nodes;
        this.process = process;
        this.port = port;
    }

    /// @param memory flags of the virtual machine
    /// @param options further options of `serve`
    static AttackedGateway start(Path directory, int nodes, List<String> memory, String... options) {
        return start(List.of(), directory, nodes, memory, options);
    }

    /// One that may have so many file descriptors, those of the class path included.
    static AttackedGateway withDescriptors(int most, Path directory, int nodes, String... options) {
        List<String> limited = List.of("bash", "-c", "ulimit -n " + most + "; exec \"$@\"", "limited");
        return start(limited, directory, nodes, List.of("-Xmx256m"), options);
    }

    private static AttackedGateway start(
            List<String> before, Path directory, int nodes, List<String> memory, String... options) {
        int port = Anvil.freePort();
        int admin = Anvil.freePort();
        FakeChain chain = FakeChain.of(1);
        chain.mine(10);
        List<FakeNode> started = new ArrayList<>();
        List<String> arguments = new ArrayList<>(
                List.of("serve", "--listen", "127.0.0.1:" + port, "--admin-listen", "127.0.0.1:" + admin));
        for (int i = 0; i < nodes; i++) {
            FakeNode node = FakeNode.start(chain);
            node.recording(false);
            started.add(node);
            arguments.addAll(List.of("--node", node.httpUrl().toString()));
        }
        arguments.addAll(List.of(options));
        var process = GatewayProcess.launch(before, memory, arguments, directory, port, admin);
        process.awaitReady();
        return new AttackedGateway(started, process, port);
    }

    /// One more node, whose heads are announced at `heads`.
    void add(FakeNode node, URI heads) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(process.adminUrl() + "/api/v1/nodes"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"url\":\"" + node.httpUrl() + "\",\"wsUrl\":\"" + heads + "\"}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        }
    }

    List<FakeNode> nodes() {
        return nodes;
    }

    GatewayProcess process() {
        return process;
    }

    int port() {
        return port;
    }

    String url() {
        return process.url();
    }

    /// Bytes that it holds for clients and nodes.
    long held() {
        JsonNode memory = process.status().path("memory");
        return memory.path("heap").path("used").asLong()
                + memory.path("direct").path("used").asLong();
    }

    /// Runs `attack` while a canary calls; asserts that no call of the canary failed, that the gateway lives, and that
    /// neither its log nor its history tells of harm.
    void under(String name, Attack attack) throws Exception {
        try (Canary canary = Canary.at(url())) {
            attack.run();
            canary.awaitEnough();
            canary.assertUnharmed(name);
        }
        assertThat(process.isReady()).as("ready after " + name).isTrue();
        assertThat(process.log().lines().filter(AttackedGateway::tellsOfHarm).limit(3))
                .as("log after " + name)
                .isEmpty();
    }

    private static boolean tellsOfHarm(String line) {
        return Stream.of("OutOfMemoryError", "OutOfDirectMemoryError", "LEAK", "unreachable")
                .anyMatch(line::contains);
    }

    /// Something that is done to the gateway.
    interface Attack {
        void run() throws Exception;
    }

    @Override
    public void close() {
        process.close();
        nodes.forEach(FakeNode::close);
    }
}
