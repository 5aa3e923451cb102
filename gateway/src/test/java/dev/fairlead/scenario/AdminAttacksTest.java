package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bodies for the admin API that end all at the same moment neither end the process nor hurt calls.
class AdminAttacksTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"nodes, labels, 24, 100000", "nodes, labels, 120, 9000", "explain, params, 120, 9000"})
    void largeBodiesThatEndTogether(String route, String member, int clients, int names) throws Exception {
        String body = "{\"url\":\"http://127.0.0.1:1\",\"" + member + "\":{"
                + IntStream.range(0, names)
                        .mapToObj(i -> "\"" + Integer.toHexString(i) + "\":\"\"")
                        .collect(Collectors.joining(","))
                + "}}";
        String head = "POST /api/v1/" + route + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n";

        List<Socket> open = new ArrayList<>();
        try (var gateway = AttackedGateway.start(directory, 2, AttackedGateway.LITTLE_MEMORY)) {
            URI admin = URI.create(gateway.process().adminUrl());
            gateway.under(clients + " bodies for " + route, () -> {
                for (int i = 0; i < clients; i++) {
                    var socket = new Socket(admin.getHost(), admin.getPort());
                    open.add(socket);
                    say(socket, head + body.substring(0, body.length() - 1));
                }
                for (Socket socket : open) say(socket, "}");
                assertThat(gateway.process().status().path("version").asString())
                        .isNotEmpty();
            });
        } finally {
            for (Socket socket : open) socket.close();
        }
    }

    private static void say(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException refused) {
            assertThat(refused).as("told before the end").isNotNull();
        }
    }
}
