package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.fakenode.Behaviour;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Several nodes that hang at once, as processes that are stopped do: connections stay open, and nothing comes.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingNodesTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<FakeNode> nodes = new ArrayList<>();
    private GatewayProcess gateway;

    @BeforeEach
    void start() {
        FakeChain chain = FakeChain.of(1);
        chain.mine(10);
        int port = Anvil.freePort();
        int admin = Anvil.freePort();
        List<String> command = new ArrayList<>(
                List.of("serve", "--listen", "127.0.0.1:" + port, "--admin-listen", "127.0.0.1:" + admin));
        for (int i = 0; i < 3; i++) {
            nodes.add(FakeNode.start(chain));
            command.addAll(List.of("--node", nodes.getLast().httpUrl().toString()));
        }
        gateway = GatewayProcess.launch(command, directory, port, admin);
        gateway.awaitReady();
    }

    @AfterEach
    void stop() {
        gateway.close();
        nodes.forEach(FakeNode::close);
    }

    @ParameterizedTest
    @CsvSource({"eth_estimateGas, 3", "eth_call, 24"})
    void callsThatAreUnderWayAtTwoOfThreeReachTheThird(String method, int calls) {
        for (FakeNode node : nodes.subList(0, 2)) node.always(new Behaviour.Hang());

        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (int i = 0; i < calls; i++) asked.add(ask(method));

        assertThat(asked)
                .extracting(CompletableFuture::join)
                .allSatisfy(answer -> assertThat(answer).startsWith("200").contains("\"result\""));
    }

    @Test
    void whenAllThreeHangTheClientIsToldTheTruthInTime() {
        for (FakeNode node : nodes) node.always(new Behaviour.Hang());

        String answer = ask("eth_estimateGas").join();

        assertThat(answer)
                .satisfiesAnyOf(
                        told -> assertThat(told).startsWith("503").contains("no node of chain default can serve"),
                        told -> assertThat(told).startsWith("504").contains("No answer within"));
    }

    private CompletableFuture<String> ask(String method) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[{},\"latest\"]}".formatted(method);
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url()))
                .timeout(DEADLINE.plusSeconds(10))
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString())
                .thenApply(answer -> answer.statusCode() + " " + answer.body());
    }
}
