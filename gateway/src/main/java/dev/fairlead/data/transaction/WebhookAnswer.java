package dev.fairlead.data.transaction;

import dev.fairlead.core.jsonrpc.OneLine;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// What a webhook says of a submission.
sealed interface WebhookAnswer {
    /// What says two things, or more than one answer, says nothing.
    JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    record Allowed() implements WebhookAnswer {}

    /// @param reason for the client: one line, not long
    record Denied(String reason) implements WebhookAnswer {}

    /// It said nothing, or nothing that can be understood.
    ///
    /// @param cause for the operator; no secrets
    record Failed(String cause) implements WebhookAnswer {}

    /// As it stands in labels.
    default String word() {
        return switch (this) {
            case Allowed _ -> "allowed";
            case Denied _ -> "denied";
            case Failed _ -> "failed";
        };
    }

    /// Only `{"allow": true}` allows.
    static WebhookAnswer of(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) return new Failed("it answered with HTTP " + response.statusCode());
        JsonNode said = json(response.body());
        JsonNode allow = said.path("allow");
        if (!allow.isBoolean()) {
            return new Failed(
                    "expected {\"allow\": true} or {\"allow\": false, \"reason\": \"…\"}, found something else");
        }
        return allow.booleanValue()
                ? new Allowed()
                : new Denied(reason(said.path("reason").asString("")));
    }

    private static String reason(String said) {
        String line = OneLine.of(said).strip();
        return line.isEmpty() ? "no reason is given" : line;
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }

    static String cause(@Nullable Throwable failure) {
        return switch (failure) {
            case HttpConnectTimeoutException _ -> "no connection in time";
            case ConnectException _ -> "no connection: nobody listens there, or its name is not known";
            case SSLException tls -> OneLine.of("TLS failed: " + tls.getMessage());
            case null -> "the exchange failed";
            default -> OneLine.of("the exchange failed: " + failure.getMessage());
        };
    }
}
