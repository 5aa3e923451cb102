package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that open more connections than the process has file descriptors.
class DescriptorAttackTest {
    private static final int DESCRIPTORS = 400;
    private static final int CONNECTIONS = 1_000;
    private static final long SMALL_LOG = 64 * 1024;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"auto", "epoll", "nio"})
    void whoIsConnectedGoesOnAndOperatorsComeInWhileClientsTakeAllTheyCan(String transport) throws Exception {
        List<SocketChannel> greedy = new ArrayList<>();
        try (var gateway = AttackedGateway.withDescriptors(DESCRIPTORS, directory, 2, "--transport", transport);
                Canary canary = Canary.connectedTo(gateway.url())) {
            for (int i = 0; i < CONNECTIONS; i++) greedy.add(connect(gateway.port()));

            assertThat(healthz(gateway)).isEqualTo(200);
            canary.awaitEnough();
            for (var node : gateway.process().nodes()) {
                assertThat(node.path("verdict").asString()).isEqualTo("ready");
            }
            canary.assertUnharmed("no descriptor left, " + transport);

            for (SocketChannel connection : greedy) connection.close();
            Await.until(
                    "new connections are accepted again",
                    Duration.ofSeconds(20),
                    () -> gateway.process().isReady());
            assertThat(gateway.process().log())
                    .hasSizeLessThan((int) SMALL_LOG)
                    .contains("client connections are turned away", "of " + DESCRIPTORS + " file descriptors");
            assertThat(metrics(gateway))
                    .contains("fairlead_client_connections_refused_total{reason=\"limit\"}", "process_max_fds 400");
        } finally {
            for (SocketChannel connection : greedy) connection.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto"})
    void aStormOfConnectionsThatComeAndGoHarmsNobody(String transport) throws Exception {
        try (var gateway = AttackedGateway.withDescriptors(DESCRIPTORS, directory, 2, "--transport", transport);
                Canary canary = Canary.connectedTo(gateway.url())) {
            for (int i = 0; i < 5 * CONNECTIONS; i++) connect(gateway.port()).close();

            canary.awaitEnough();
            canary.assertUnharmed("a storm of connections");
            assertThat(healthz(gateway)).isEqualTo(200);
            Await.until(
                    "new connections are accepted",
                    Duration.ofSeconds(20),
                    () -> gateway.process().isReady());
            assertThat(gateway.process().log()).hasSizeLessThan((int) SMALL_LOG);
        }
    }

    private static SocketChannel connect(int port) throws IOException {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(new InetSocketAddress("127.0.0.1", port));
        return channel;
    }

    private static int healthz(AttackedGateway gateway) throws Exception {
        return admin(gateway, "/healthz").statusCode();
    }

    private static String metrics(AttackedGateway gateway) throws Exception {
        return admin(gateway, "/metrics").body();
    }

    private static HttpResponse<String> admin(AttackedGateway gateway, String path) throws Exception {
        URI url = URI.create(gateway.process().adminUrl() + path);
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(10));
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError(
                    url + " fails; the gateway's log:\n" + gateway.process().log(), failure);
        }
    }
}
