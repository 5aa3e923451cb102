package dev.fairlead.cli.console;

import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.secret.MaskedUrl;
import dev.fairlead.core.url.NodeUrl;
import dev.fairlead.core.url.StrictUrl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// The admin API of a running gateway, as the commands use it; also the options that say where it is.
public final class AdminClient {
    private static final int PAGE = 1_000;

    public static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description = "admin address of the gateway; also from $FAIRLEAD_ADMIN (default: ${DEFAULT-VALUE})",
            defaultValue = "${env:FAIRLEAD_ADMIN:-http://127.0.0.1:8081}")
    @SuppressWarnings("NullAway.Init")
    private String admin;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "admin token; better given in $FAIRLEAD_TOKEN, where ps does not show it",
            defaultValue = "${env:FAIRLEAD_TOKEN}",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private @Nullable String token;

    public JsonNode read(String path) {
        return send("GET", path, null);
    }

    /// A name for a path or a query.
    public static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// A list that the gateway gives page by page.
    ///
    /// @param path with its query, up to the parameters of pages
    /// @param place what stands for the last one of a page in the query for the next
    public JsonNode pages(String path, Function<JsonNode, String> place) {
        ArrayNode all = JSON.createArrayNode();
        JsonNode page = read(path + "limit=" + PAGE);
        while (page.isArray() && !page.isEmpty()) {
            page.forEach(all::add);
            if (page.size() < PAGE) break;
            page = read(path + "limit=" + PAGE + "&after=" + place.apply(page.get(page.size() - 1)));
        }
        return all;
    }

    /// What the gateway remarked on an order, line by line.
    public static String remarks(JsonNode answer) {
        var text = new StringBuilder();
        for (JsonNode remark : answer.path("remarks")) {
            text.append("note: ").append(remark.asString()).append(System.lineSeparator());
        }
        return text.toString();
    }

    /// How the gateway is.
    public JsonNode status() {
        JsonNode status = read("/status");
        if (!status.path("version").isString())
            throw noAdminApi(MaskedUrl.url(address(admin)), "it does not say which version it is");
        return status;
    }

    /// @throws Rejected when the gateway refuses the order
    public JsonNode order(String verb, String path, @Nullable Object body) {
        return send(verb, path, body);
    }

    private JsonNode send(String verb, String path, @Nullable Object body) {
        URI address = address(admin);
        String shown = MaskedUrl.url(address);
        var request = HttpRequest.newBuilder(address.resolve("/api/v1" + path))
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
            return body(shown, http.send(request.build(), BodyHandlers.ofString()));
        } catch (ConnectException refused) {
            throw new NoGateway("no gateway answers at " + shown
                    + "; is it running (fairlead serve), and is this its admin address (--admin)?");
        } catch (IOException broken) {
            throw noAdminApi(shown, "its answer broke off: " + OneLine.of(String.valueOf(broken.getMessage())));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NoGateway("interrupted while waiting for " + shown);
        }
    }

    /// @param text of a person
    private static URI address(String text) {
        return switch (StrictUrl.http(text)) {
            case NodeUrl.Bad(var fault) -> throw new NoGateway("the admin address (--admin) is no URL: " + fault);
            case NodeUrl.Good(var url, var login)
            when login != null ->
                throw new NoGateway("expected the admin address (--admin) without a user, found one before "
                        + MaskedUrl.url(url) + "; give the token with --token or $FAIRLEAD_TOKEN");
            case NodeUrl.Good(var url, var _) -> url;
        };
    }

    private static NoGateway noAdminApi(String shown, String because) {
        return new NoGateway("no admin API of a gateway answers at " + shown + ": " + because
                + "; is this its admin address (--admin)?");
    }

    private JsonNode body(String shown, HttpResponse<String> response) {
        if (response.statusCode() == 401) {
            throw new NoGateway(
                    "the gateway at " + shown
                            + " wants another token; give it with --token or $FAIRLEAD_TOKEN (admin.token in its configuration)");
        }
        JsonNode body = json(shown, response);
        if (response.statusCode() / 100 == 2) return body;
        String title = body.path("title").asString("");
        if (title.isEmpty()) throw noAdminApi(shown, "HTTP " + response.statusCode() + " without a reason");
        throw new Rejected(body.path("detail").asString(title));
    }

    private static JsonNode json(String shown, HttpResponse<String> response) {
        try {
            return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
        } catch (JacksonException _) {
            throw noAdminApi(shown, "HTTP " + response.statusCode() + ", and no JSON");
        }
    }

    /// No gateway answers, or it does not accept our token.
    public static final class NoGateway extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoGateway(String message) {
            super(message);
        }
    }

    /// The gateway answered and refused.
    public static final class Rejected extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Rejected(String message) {
            super(message);
        }
    }
}
