package dev.fairlead.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fairlead.cli.FairleadCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Wherever a command is pointed at, it says what it found there.
class AdminClientTest {
    private static final List<String> COMMANDS = List.of("status", "events", "reload");

    @ParameterizedTest
    @CsvSource({
        "localhost:8081, found no ://",
        "nonsense, found no ://",
        "ftp://127.0.0.1, found ftp://",
        "http://127.0.0.1:99999, expected a port",
        "http://h h, found a space",
        "http://me:hunter22@127.0.0.1:1, without a user",
        "http://hunter22@127.0.0.1:1, without a user",
        "http://127.0.0.1:1, no gateway answers at http://127.0.0.1:1",
        "http://127.0.0.1:1/v3/hunter22, no gateway answers at http://127.0.0.1:1/v3/***",
        "http://nobody.invalid, no gateway answers at http://nobody.invalid",
    })
    void anAddressThatIsNoneIsToldAsSuch(String address, String told) {
        for (String command : COMMANDS) assertToldAt(address, command, told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <html>hello</html> | no JSON",
                "404 | <html>hello</html> | no JSON",
                "404 | {\"error\": 1} | HTTP 404 without a reason",
                "502 | | HTTP 502 without a reason",
            })
    void whatIsNoAdminApiIsToldAsSuch(int status, String body, String told) throws IOException {
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            for (String command : COMMANDS) assertToldAt(address, command, told);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatSpeaksNoHttpIsToldAsSuch() throws IOException {
        try (var other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> greet(other));

            for (String command : COMMANDS) {
                assertToldAt("http://127.0.0.1:" + other.getLocalPort(), command, "no admin API of a gateway answers");
            }
        }
    }

    private static void greet(ServerSocket other) {
        while (!other.isClosed()) {
            try (var client = other.accept()) {
                client.getOutputStream().write("SSH-2.0-OpenSSH_9\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException _) {
                // the client has gone, or the test is over
            }
        }
    }

    private static void assertToldAt(String address, String command, String told) {
        var out = new StringWriter();
        int code = FairleadCommand.commandLine((_, _) -> {
                    throw new IllegalStateException("no gateway is started in this process");
                })
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(command, "--admin", address);

        assertThat(out.toString()).contains(told).doesNotContain("bug", "hunter22", "\tat ");
        assertThat(code).isEqualTo(ExitCode.NO_GATEWAY);
    }
}
