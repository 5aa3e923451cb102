package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Property;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whatever the body: a legal answer, and the connection goes on.
class FuzzTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String[] WORDS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"jsonrpc\"",
        "\"2.0\"",
        "\"id\"",
        "\"method\"",
        "\"params\"",
        "null",
        "1",
        "-",
        "\"",
        "1e999",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"}",
        " ",
        "\u00e9",
        "\\u0000",
        "true",
        "\"a\""
    };

    private static final Gateway GATEWAY = Gateway.start();

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void anyBytesGetALegalAnswer() {
        Property.holds(500, any -> anyBytesGetALegalAnswer(any.bytes(0, 300)));
    }

    private void anyBytesGetALegalAnswer(byte[] body) throws Exception {
        check(body);
    }

    @Test
    void nearlyLegalJsonGetsALegalAnswer() {
        Property.holds(1000, any -> nearlyLegalJsonGetsALegalAnswer(any.bytes(0, 40)));
    }

    private void nearlyLegalJsonGetsALegalAnswer(byte[] choices) throws Exception {
        var body = new StringBuilder();
        for (byte choice : choices) body.append(WORDS[(choice & 0xff) % WORDS.length]);
        check(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void check(byte[] body) throws Exception {
        try (Wire wire = GATEWAY.wire()) {
            var request = new ByteArrayOutputStream();
            request.writeBytes(("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(body);
            request.writeBytes(Wire.post(Gateway.call(7, "after")).getBytes(StandardCharsets.US_ASCII));
            wire.say(request.toByteArray());

            Wire.Response response = wire.hear();

            if (response.status() != 204) assertLegal(response.body());
            assertThat(wire.hear().body()).isEqualTo(Gateway.result(7, "after"));
        }
    }

    private static void assertLegal(String latin1) {
        JsonNode json = JSON.readTree(latin1.getBytes(StandardCharsets.ISO_8859_1));
        if (!json.isArray()) {
            assertOneLegal(json);
            return;
        }
        assertThat(json.size()).isPositive();
        for (JsonNode one : json) assertOneLegal(one);
    }

    private static void assertOneLegal(JsonNode json) {
        assertThat(json.path("jsonrpc").asString()).isEqualTo("2.0");
        assertThat(json.has("id")).isTrue();
        assertThat(json.has("result")).isNotEqualTo(json.has("error"));
        if (json.has("error"))
            assertThat(json.path("error").path("code").isInt()).isTrue();
    }
}
