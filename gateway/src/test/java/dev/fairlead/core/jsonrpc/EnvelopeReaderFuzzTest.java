package dev.fairlead.core.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Envelope.Batch;
import dev.fairlead.core.jsonrpc.Envelope.Element;
import dev.fairlead.core.jsonrpc.Envelope.Malformed;
import dev.fairlead.core.jsonrpc.Envelope.Single;
import dev.fairlead.core.jsonrpc.Envelope.TooMany;
import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EnvelopeReaderFuzzTest {
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final EnvelopeReader reader = new EnvelopeReader(16, 3);

    record Written(String id, String params, String json) {}

    @Test
    void idAndParamsComeBackByteForByte() {
        Property.holds(1000, any -> idAndParamsComeBackByteForByte(calls(any)));
    }

    private void idAndParamsComeBackByteForByte(Written call) {
        var envelope = reader.read(call.json().getBytes(UTF_8));

        assertThat(envelope)
                .isEqualTo(new Single(new Request(Slice.of(call.id()), "eth_call", Slice.of(call.params()))));
    }

    @Test
    void aBatchKeepsItsOrder() {
        Property.holds(300, any -> aBatchKeepsItsOrder(batches(any)));
    }

    private void aBatchKeepsItsOrder(List<Written> calls) {
        String json = calls.stream().map(Written::json).collect(Collectors.joining(" ,\n", "[", "]"));

        var envelope = reader.read(json.getBytes(UTF_8));

        assertThat(envelope)
                .isInstanceOfSatisfying(
                        Batch.class,
                        batch -> assertThat(batch.elements())
                                .extracting(element -> ((Element.Call) element)
                                        .request()
                                        .params()
                                        .text())
                                .containsExactlyElementsOf(
                                        calls.stream().map(Written::params).toList()));
    }

    @Test
    void whateverTheBytesTheAnswerIsLegalJsonRpc() {
        Property.holds(3000, any -> whateverTheBytesTheAnswerIsLegalJsonRpc(damaged(any)));
    }

    private void whateverTheBytesTheAnswerIsLegalJsonRpc(byte[] body) {
        var envelope = reader.read(body);

        boolean isJson = !(envelope instanceof Malformed(var _, var error) && error.code() == RpcError.PARSE);
        assertThat(isJson).isEqualTo(Jsons.jacksonAccepts(body));
        switch (envelope) {
            case Single(var request) -> assertLegal(request);
            case Batch(var elements) -> {
                assertThat(elements).hasSizeBetween(1, 3);
                elements.forEach(this::assertLegal);
            }
            case Malformed(var id, var error) -> assertLegal(id, error);
            case TooMany(var found, var limit) -> assertThat(found).isGreaterThan(limit);
        }
    }

    @Test
    void anyBytesAtAllAreAnswered() {
        Property.holds(2000, any -> anyBytesAtAllAreAnswered(any.bytes(0, 255)));
    }

    private void anyBytesAtAllAreAnswered(byte[] body) {
        assertThat(reader.read(body)).isInstanceOf(Malformed.class);
    }

    private void assertLegal(Element element) {
        switch (element) {
            case Element.Call(var request) -> assertLegal(request);
            case Element.Invalid(var id, var error) -> assertLegal(id, error);
        }
    }

    private static void assertLegal(Request request) {
        assertThat(request.method()).isNotEmpty();
        if (!request.isNotification()) assertLegalId(request.id());
        if (!request.params().isEmpty()) {
            assertThat(JACKSON.readTree(Jsons.forJackson(request.params().text()))
                            .isContainer())
                    .isTrue();
        }
    }

    private static void assertLegal(Slice id, RpcError error) {
        JsonNode reply = JACKSON.readTree(Replies.error(id, error));
        assertThat(reply.propertyNames()).containsExactly("jsonrpc", "id", "error");
        assertThat(reply.at("/error/code").intValue()).isIn(RpcError.PARSE, RpcError.INVALID_REQUEST);
        assertThat(reply.at("/error/message").stringValue()).isNotBlank().hasSizeLessThan(120);
        assertLegalId(id);
    }

    private static void assertLegalId(Slice id) {
        JsonNode parsed = JACKSON.readTree(id.bytes());
        assertThat(parsed.isNumber() || parsed.isString() || parsed.isNull()).isTrue();
    }

    private static Written calls(Generator any) {
        String id = any.made(() -> Jsons.number(any), () -> Jsons.string(any), () -> "null");
        String params = any.made(() -> Jsons.array(any, 2), () -> Jsons.object(any, 2));
        return written(id, params, Jsons.value(any), Jsons.space(any), any.random());
    }

    private static List<Written> batches(Generator any) {
        return any.list(1, 3, () -> calls(any));
    }

    private static byte[] damaged(Generator any) {
        return Jsons.damaged(
                any,
                any.made(
                        () -> calls(any).json(),
                        () -> batches(any).stream().map(Written::json).collect(Collectors.joining(",", "[", "]")),
                        () -> Jsons.value(any)));
    }

    private static Written written(String id, String params, String stranger, String space, Random order) {
        List<String> members = new ArrayList<>(List.of(
                "\"jsonrpc\":" + space + "\"2.0\"",
                "\"id\"" + space + ":" + id,
                space + "\"method\":\"eth_call\"",
                "\"params\":" + params + space,
                "\"Id\":" + stranger));
        Collections.shuffle(members, order);
        return new Written(id, params, space + "{" + String.join(",", members) + "}" + space);
    }
}
