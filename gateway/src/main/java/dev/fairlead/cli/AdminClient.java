package dev.fairlead.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The admin API of a running gateway, as the commands use it; also the options that say where it is.
final class AdminClient {
    static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description = "admin address of the gateway; also from $FAIRLEAD_ADMIN (default: ${DEFAULT-VALUE})",
            defaultValue = "${env:FAIRLEAD_ADMIN:-http://127.0.0.1:8081}")
    @SuppressWarnings("NullAway.Init")
    private URI admin;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "admin token; better given in $FAIRLEAD_TOKEN, where ps does not show it",
            defaultValue = "${env:FAIRLEAD_TOKEN}",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private @Nullable String token;

    JsonNode read(String path) {
        return send("GET", path, null);
    }

    /// @throws Rejected when the gateway refuses the order
    JsonNode order(String verb, String path, @Nullable Object body) {
        return send(verb, path, body);
    }

    private JsonNode send(String verb, String path, @Nullable Object body) {
        var request = HttpRequest.newBuilder(admin.resolve("/api/v1" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("X-Fairlead-Who", System.getProperty("user.name", "unknown"))
                .method(
                        verb,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (token != null && !token.isEmpty()) request.header("Authorization", "Bearer " + token);
        try (var http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build()) {
            return body(http.send(request.build(), BodyHandlers.ofString()));
        } catch (ConnectException refused) {
            throw new NoGateway("no gateway answers at " + admin
                    + "; is it running (fairlead serve), and is this its admin address (--admin)?");
        } catch (IOException broken) {
            throw new UncheckedIOException("the gateway at " + admin + " did not answer", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NoGateway("interrupted while waiting for " + admin);
        }
    }

    private JsonNode body(HttpResponse<String> response) {
        if (response.statusCode() == 401) {
            throw new NoGateway(
                    "the gateway at " + admin
                            + " wants another token; give it with --token or $FAIRLEAD_TOKEN (admin.token in its configuration)");
        }
        JsonNode body = response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
        if (response.statusCode() / 100 == 2) return body;
        throw new Rejected(body.path("detail").asString(body.path("title").asString("HTTP " + response.statusCode())));
    }

    /// Nobody there, or nobody who listens to us.
    static final class NoGateway extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoGateway(String message) {
            super(message);
        }
    }

    /// The gateway answered, and said no.
    static final class Rejected extends RuntimeException {
        private static final long serialVersionUID = 1;

        Rejected(String message) {
            super(message);
        }
    }
}
