package dev.fairlead.core.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Envelope.Batch;
import dev.fairlead.core.jsonrpc.Envelope.Element;
import dev.fairlead.core.jsonrpc.Envelope.Malformed;
import dev.fairlead.core.jsonrpc.Envelope.Single;
import dev.fairlead.core.jsonrpc.Envelope.TooMany;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {
    private final EnvelopeReader reader = new EnvelopeReader(8, 3);

    @Test
    void anOrdinaryCallIsRead() {
        var envelope = read("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_call\",\"params\":[{},\"latest\"]}");

        assertThat(envelope).isEqualTo(new Single(new Request(Slice.of("1"), "eth_call", Slice.of("[{},\"latest\"]"))));
    }

    @Test
    void membersComeInAnyOrderWithAnySpaceAndStrangersAreDropped() {
        var envelope = read(" \r\n{ \"params\" : { \"a\" : 1 }\t,\"extra\":[1,{}], \"method\":\"m\" ,\"\":0,"
                + "\"id\" : \"x\" , \"jsonrpc\" : \"2.0\" } \n");

        assertThat(envelope).isEqualTo(new Single(new Request(Slice.of("\"x\""), "m", Slice.of("{ \"a\" : 1 }"))));
    }

    @Test
    void keysAndVersionMayBeWrittenWithEscapes() {
        var envelope = read("{\"j\\u0073onrpc\":\"2\\u002e0\",\"\\u0069d\":1,\"m\\u0065thod\":\"eth\\u005fcall\"}");

        assertThat(envelope).isEqualTo(new Single(new Request(Slice.of("1"), "eth_call", Slice.NONE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "0",
                "-0",
                "1.0",
                "1.5",
                "1e400",
                "123456789012345678901234567890",
                "\"\"",
                "\"abc\"",
                "\"\\u00e9\\ud800\"",
                "\"é\"",
                "null"
            })
    void everyLegalIdComesBackByteForByte(String id) {
        var envelope = read("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"m\"}");

        assertThat(envelope).isEqualTo(new Single(new Request(Slice.of(id), "m", Slice.NONE)));
        assertThat(((Single) envelope).request().isNotification()).isFalse();
    }

    @Test
    void aCallWithoutIdIsANotification() {
        var envelope = read("{\"jsonrpc\":\"2.0\",\"method\":\"m\"}");

        assertThat(((Single) envelope).request().isNotification()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[1.0,-0,1e400,9007199254740993]",
                "{\"a\":1,\"a\":2,\"\":3}",
                "[ \"\\u0061\" ,\t\"\\ud800\" ]",
                "[[[[[[]]]]]]"
            })
    void paramsComeBackByteForByte(String params) {
        var envelope = read("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":" + params + "}");

        assertThat(((Single) envelope).request().params()).isEqualTo(Slice.of(params));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":7,\"method\":\"m\"}                              | 7    | jsonrpc must be \"2.0\", and it is missing",
                "{\"jsonrpc\":\"1.0\",\"id\":7,\"method\":\"m\"}          | 7    | jsonrpc must be \"2.0\", found \"1.0\"",
                "{\"jsonrpc\":2.0,\"id\":7,\"method\":\"m\"}              | 7    | jsonrpc must be \"2.0\", found 2.0",
                "{\"jsonrpc\":\"2.0\",\"id\":7}                           | 7    | method must be a string, and it is missing",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":1}              | 7    | method must be a string, found 1",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":null}           | 7    | method must be a string, found null",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"\"}           | 7    | method must not be empty",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"\\ud800\"}    | 7    | method must be well-formed text",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"m\"}         | null | id must be a string, a number or null, found {}",
                "{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"m\"}        | null | id must be a string, a number or null, found [1]",
                "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"m\"}       | null | id must be a string, a number or null, found true",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"method\":\"n\"} | 7 | The member method stands twice",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"m\\u0065thod\":\"n\"} | 7 | The member method stands twice",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"id\":8,\"method\":\"m\"} | null | The member id stands twice",
                "{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\"} | 7 | The member jsonrpc stands twice",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"params\":[],\"params\":[]} | 7 | The member params stands twice",
                "{\"jsonrpc\":\"2.0\"}                                    | null | method must be a string, and it is missing",
                "{}                                                       | null | jsonrpc must be \"2.0\", and it is missing",
                "1                                                        | null | Expected a request object, found 1",
                "\"eth_call\"                                             | null | Expected a request object, found \"eth_call\"",
                "[]                                                       | null | The batch is empty, expected at least one call",
            })
    void anIllegalRequestIsRefusedWithItsIdAndAReason(String body, String id, String message) {
        assertThat(read(body)).isEqualTo(new Malformed(Slice.of(id), new RpcError(RpcError.INVALID_REQUEST, message)));
    }

    @Test
    void paramsThatAreNullAreNoParams() {
        var envelope = read("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"params\": null }");

        assertThat(envelope).isEqualTo(new Single(new Request(Slice.of("7"), "m", Slice.NONE)));
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"params\":null,\"params\":[1]}"))
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "1", "-0.5", "true", "false"})
    void scalarParamsAreInvalidParams(String params) {
        var envelope = read("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"params\":" + params + "}");

        String message = "params must be an array or an object, found " + params;
        assertThat(envelope).isEqualTo(new Malformed(Slice.of("7"), new RpcError(RpcError.INVALID_PARAMS, message)));
    }

    @Test
    void theLongestMethodPassesAndOneMoreCharacterIsRefused() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"method\":\"" + "m".repeat(256) + "\"}"))
                .isInstanceOf(Single.class);
        assertThat(read("{\"jsonrpc\":\"2.0\",\"method\":\"" + "m".repeat(257) + "\"}"))
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                                                       | The body is empty, expected a JSON-RPC request",
                "` \n`                                                                    | The body is empty, expected a JSON-RPC request",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[01]}          | The body is not legal JSON at byte 48",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"                           | The JSON ends too early, after 36 bytes",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\"} x                                 | The body is not legal JSON at byte 31",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\"}{}                                 | The body is not legal JSON at byte 30",
                "{\"jsonrpc\":\"9\",\"method\":[}                                         | The body is not legal JSON at byte 25",
                "[{\"jsonrpc\":\"2.0\",\"method\":\"m\"},]                                | The body is not legal JSON at byte 32",
                "[{\"jsonrpc\":\"2.0\",\"method\":\"m\"} {}]                              | The body is not legal JSON at byte 32",
                "[1                                                                       | The JSON ends too early, after 2 bytes",
                "[1]]                                                                     | The body is not legal JSON at byte 3",
                "[1,2,3,4,x]                                                              | The body is not legal JSON at byte 9",
                "[                                                                        | The JSON ends too early, after 1 byte",
                "GET / HTTP/1.1                                                           | The body is not legal JSON at byte 0",
                "1 1                                                                      | The body is not legal JSON at byte 2",
                "\ufeff{}                                                                 | The body begins with a byte order mark, expected plain UTF-8 JSON",
            })
    void whatIsNotJsonIsAParseErrorForTheWholeBody(String body, String message) {
        assertThat(read(body)).isEqualTo(new Malformed(Slice.NULL, new RpcError(RpcError.PARSE, message)));
    }

    @Test
    void eachElementOfABatchIsJudgedAlone() {
        var envelope = read("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}, 5 ,{\"id\":\"x\"}]");

        assertThat(envelope)
                .isInstanceOfSatisfying(
                        Batch.class,
                        batch -> assertThat(batch.elements())
                                .containsExactly(
                                        new Element.Call(new Request(Slice.of("1"), "m", Slice.NONE)),
                                        new Element.Invalid(
                                                Slice.NULL,
                                                new RpcError(
                                                        RpcError.INVALID_REQUEST,
                                                        "Expected a request object, found 5")),
                                        new Element.Invalid(
                                                Slice.of("\"x\""),
                                                new RpcError(
                                                        RpcError.INVALID_REQUEST,
                                                        "jsonrpc must be \"2.0\", and it is missing"))));
    }

    @Test
    void aBatchAtTheBoundPassesAndALargerOneIsCounted() {
        assertThat(read("[1,2,3]")).isInstanceOf(Batch.class);
        assertThat(read("[1,2,3,4,5]")).isEqualTo(new TooMany(5, 3));
    }

    @Test
    void nestingAtTheBoundPassesAndOneMoreLevelIsRefusedByName() {
        String head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":";

        assertThat(read(head + "[".repeat(7) + "]".repeat(7) + "}")).isInstanceOf(Single.class);
        assertThat(read("[" + head + "[".repeat(6) + "]".repeat(6) + "}]")).isInstanceOf(Batch.class);
        var refused = new Malformed(
                Slice.NULL, new RpcError(RpcError.INVALID_REQUEST, "The JSON is nested deeper than 8 levels"));
        assertThat(read(head + "[".repeat(8) + "]".repeat(8) + "}")).isEqualTo(refused);
        assertThat(read("[" + head + "[".repeat(7) + "]".repeat(7) + "}]")).isEqualTo(refused);
        assertThat(read("[".repeat(100_000))).isEqualTo(refused);
        assertThat(read("{\"a\":".repeat(100_000))).isEqualTo(refused);
    }

    @Test
    void excerptsInMessagesAreShort() {
        var envelope = read("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":[\"" + "é".repeat(10_000) + "\"]}");

        assertThat(((Malformed) envelope).error().message()).hasSizeLessThan(80).endsWith("…");
    }

    @Test
    void aBodyInTheMiddleOfOtherBytesIsReadWithinItsBounds() {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}";
        byte[] bytes = ("]]" + body + "}}").getBytes(UTF_8);

        assertThat(reader.read(bytes, 2, bytes.length - 2)).isEqualTo(read(body));
        assertThat(reader.read(bytes, 2, bytes.length - 3)).isInstanceOf(Malformed.class);
    }

    private Envelope read(String body) {
        return reader.read(body.getBytes(UTF_8));
    }

    @Test
    void oneByteIsNoSeveralBytes() {
        assertThat(read("[").toString()).contains("after 1 byte").doesNotContain("1 bytes");
    }
}
