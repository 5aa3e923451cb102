package dev.fairlead.data.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Replies;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.style.ErrorStyle;
import dev.fairlead.data.call.Answer.Refused;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The table of what is said in which style, row by row.
class ErrorStyleTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OWN = "{\"own\":[1,\"a\"]}";
    private static final String SEE = "{\"see\":\"https://rpc.example/help\"}";
    private static final String RATE =
            "{\"rate\":{\"backoff_seconds\":7,\"own\":[1,\"a\"]},\"see\":\"https://rpc.example/help\"}";

    /// A text of `-` is what the refusal itself says, as it always is in the first style.
    private static final String TABLE = """
            refusal          | style    | code   | http | text                                               | data
            PARSE_ERROR      | FAIRLEAD | -32700 | 400  | -                                                  | OWN
            PARSE_ERROR      | INFURA   | -32700 | 400  | -                                                  | OWN
            PARSE_ERROR      | GETH     | -32700 | 200  | parse error                                        | OWN
            INVALID_REQUEST  | FAIRLEAD | -32600 | 400  | -                                                  | OWN
            INVALID_REQUEST  | INFURA   | -32600 | 400  | -                                                  | OWN
            INVALID_REQUEST  | GETH     | -32600 | 200  | -                                                  | OWN
            INVALID_PARAMS   | FAIRLEAD | -32602 | 400  | -                                                  | OWN
            INVALID_PARAMS   | INFURA   | -32602 | 400  | -                                                  | OWN
            INVALID_PARAMS   | GETH     | -32602 | 200  | -                                                  | OWN
            METHOD_NOT_FOUND | FAIRLEAD | -32601 | 200  | -                                                  | OWN
            METHOD_NOT_FOUND | INFURA   | -32601 | 200  | The method eth_foo does not exist/is not available | OWN
            METHOD_NOT_FOUND | GETH     | -32601 | 200  | the method eth_foo does not exist/is not available | OWN
            KEY_NEEDED       | FAIRLEAD | -32001 | 401  | -                                                  | OWN
            KEY_NEEDED       | INFURA   | -32002 | 401  | project id required in the url                     | SEE
            KEY_NEEDED       | GETH     | -32000 | 401  | missing token                                      | OWN
            UNAUTHORIZED     | FAIRLEAD | -32001 | 401  | -                                                  | OWN
            UNAUTHORIZED     | INFURA   | -32002 | 401  | invalid project id                                 | SEE
            UNAUTHORIZED     | GETH     | -32000 | 401  | invalid token                                      | OWN
            TOKEN_REFUSED    | FAIRLEAD | -32001 | 401  | -                                                  | OWN
            TOKEN_REFUSED    | INFURA   | -32002 | 401  | invalid JWT                                        | SEE
            TOKEN_REFUSED    | GETH     | -32000 | 401  | invalid token                                      | OWN
            FORBIDDEN        | FAIRLEAD | -32002 | 403  | -                                                  | OWN
            FORBIDDEN        | INFURA   | -32002 | 403  | rejected due to project ID settings                | OWN
            FORBIDDEN        | GETH     | -32000 | 403  | -                                                  | OWN
            NO_SUCH_CHAIN    | FAIRLEAD | -32600 | 404  | -                                                  | OWN
            NO_SUCH_CHAIN    | INFURA   | -32600 | 404  | -                                                  | OWN
            NO_SUCH_CHAIN    | GETH     | -32000 | 404  | -                                                  | OWN
            BODY_TOO_LARGE   | FAIRLEAD | -32600 | 413  | -                                                  | OWN
            BODY_TOO_LARGE   | INFURA   | -32600 | 413  | -                                                  | OWN
            BODY_TOO_LARGE   | GETH     | -32600 | 413  | content length too large                           | OWN
            BATCH_TOO_LARGE  | FAIRLEAD | -32600 | 413  | -                                                  | OWN
            BATCH_TOO_LARGE  | INFURA   | -32600 | 413  | -                                                  | OWN
            BATCH_TOO_LARGE  | GETH     | -32600 | 413  | batch too large                                    | OWN
            ANSWER_TOO_LARGE | FAIRLEAD | -32003 | 413  | -                                                  | OWN
            ANSWER_TOO_LARGE | INFURA   | -32005 | 413  | -                                                  | OWN
            ANSWER_TOO_LARGE | GETH     | -32003 | 200  | response too large                                 | OWN
            TRANSACTION_REFUSED | FAIRLEAD | -32000 | 200 | -                                                | OWN
            TRANSACTION_REFUSED | INFURA | -32000 | 200  | -                                                  | OWN
            TRANSACTION_REFUSED | GETH   | -32000 | 200  | -                                                  | OWN
            UNCHECKED        | FAIRLEAD | -32012 | 503  | -                                                  | OWN
            UNCHECKED        | INFURA   | -32603 | 503  | -                                                  | OWN
            UNCHECKED        | GETH     | -32000 | 503  | -                                                  | OWN
            LIMITED          | FAIRLEAD | -32005 | 429  | -                                                  |
            LIMITED          | INFURA   | -32005 | 429  | project ID request rate exceeded                   | RATE
            LIMITED          | GETH     | -32005 | 429  | -                                                  |
            DAY_SPENT        | FAIRLEAD | -32005 | 429  | -                                                  |
            DAY_SPENT        | INFURA   | -32005 | 402  | daily request count exceeded, request rate limited | RATE
            DAY_SPENT        | GETH     | -32005 | 429  | -                                                  |
            QUERY_TOO_LARGE  | FAIRLEAD | -32005 | 200  | -                                                  | OWN
            QUERY_TOO_LARGE  | INFURA   | -32005 | 200  | -                                                  | OWN
            QUERY_TOO_LARGE  | GETH     | -32005 | 200  | -                                                  | OWN
            OVERLOADED       | FAIRLEAD | -32005 | 503  | -                                                  | OWN
            OVERLOADED       | INFURA   | -32005 | 503  | -                                                  | OWN
            OVERLOADED       | GETH     | -32005 | 503  | -                                                  | OWN
            NO_NODE          | FAIRLEAD | -32010 | 503  | -                                                  | OWN
            NO_NODE          | INFURA   | -32603 | 503  | -                                                  | OWN
            NO_NODE          | GETH     | -32603 | 503  | -                                                  | OWN
            NODES_FAILED     | FAIRLEAD | -32011 | 502  | -                                                  | OWN
            NODES_FAILED     | INFURA   | -32603 | 502  | -                                                  | OWN
            NODES_FAILED     | GETH     | -32603 | 502  | -                                                  | OWN
            DEADLINE         | FAIRLEAD | -32015 | 504  | -                                                  | OWN
            DEADLINE         | INFURA   | -32603 | 504  | -                                                  | OWN
            DEADLINE         | GETH     | -32002 | 200  | request timed out                                  | OWN
            UNCERTAIN        | FAIRLEAD | -32016 | 504  | -                                                  | OWN
            UNCERTAIN        | INFURA   | -32000 | 504  | -                                                  | OWN
            UNCERTAIN        | GETH     | -32000 | 200  | -                                                  | OWN
            LOOP             | FAIRLEAD | -32017 | 508  | -                                                  | OWN
            LOOP             | INFURA   | -32000 | 508  | -                                                  | OWN
            LOOP             | GETH     | -32000 | 508  | -                                                  | OWN
            SHUTTING_DOWN    | FAIRLEAD | -32010 | 503  | -                                                  | OWN
            SHUTTING_DOWN    | INFURA   | -32603 | 503  | -                                                  | OWN
            SHUTTING_DOWN    | GETH     | -32603 | 503  | -                                                  | OWN
            INTERNAL         | FAIRLEAD | -32603 | 500  | -                                                  | OWN
            INTERNAL         | INFURA   | -32603 | 500  | -                                                  | OWN
            INTERNAL         | GETH     | -32603 | 200  | -                                                  | OWN
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = TABLE, useHeadersInDisplayName = true)
    void aRefusalIsSaidAsItsStyleHasIt(
            Refusal why, ErrorStyle style, int code, int status, String text, @Nullable String data) {
        var refused = new Refused(why, "-", Slice.of(OWN), Duration.ofMillis(6_001));

        StyledError said = StyledError.of(new ErrorPolicy(style, "https://rpc.example/help"), refused, "eth_foo");

        assertThat(said).isEqualTo(new StyledError(code, status, text, data(data)));
    }

    @Test
    void theTableAboveHasEveryRefusalInEveryStyle() {
        List<String> rows = Stream.of(Refusal.values())
                .flatMap(why -> Stream.of(ErrorStyle.values()).map(style -> why + " " + style))
                .toList();

        assertThat(TABLE.lines()
                        .skip(1)
                        .map(line -> line.split("\\|"))
                        .map(cells -> cells[0].strip() + " " + cells[1].strip()))
                .containsExactlyElementsOf(rows);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void whateverIsInItAnErrorIsLegalJson(Refusal why) {
        String hostile = "\"}\u0000\n\\{method}{detail}\u202e";
        for (ErrorStyle style : ErrorStyle.values()) {
            for (Slice data : List.of(Slice.NONE, Slice.of("{}"), Slice.of(OWN))) {
                var refused = new Refused(why, hostile, data, Duration.ofMillis(1));
                StyledError said = StyledError.of(new ErrorPolicy(style, hostile), refused, hostile);

                JsonNode read = JSON.readTree(Replies.error(Slice.NONE, said.rpcError()));

                assertThat(read.at("/error/code").asInt()).isEqualTo(said.code());
                assertThat(read.at("/error/message").asString()).isEqualTo(said.text());
                assertThat(said.httpStatus()).isBetween(200, 599);
            }
        }
    }

    @Test
    void whereComingAgainDoesNotHelpNoTimeIsNamed() {
        var refused = new Refused(Refusal.LIMITED, "never", Slice.NONE, Duration.ZERO);

        StyledError said = StyledError.of(ErrorPolicy.of(ErrorStyle.INFURA), refused);

        assertThat(said.data().text()).isEqualTo("{\"rate\":{},\"see\":\"ask those who run this endpoint\"}");
    }

    @Test
    void aMethodOfAnyLengthMakesNoLongText() {
        var refused = new Refused(Refusal.METHOD_NOT_FOUND, "-");

        StyledError said = StyledError.of(ErrorPolicy.of(ErrorStyle.GETH), refused, "x".repeat(100_000));

        assertThat(said.text()).hasSizeLessThan(300);
    }

    @Test
    void whatIsSaidCloserToTheCallerCountsFirst() {
        var general = new ErrorPolicy(ErrorStyle.INFURA, "https://rpc.example/help");

        assertThat(ErrorPolicy.NONE.before(general)).isEqualTo(general);
        assertThat(ErrorPolicy.of(ErrorStyle.GETH).before(general))
                .isEqualTo(new ErrorPolicy(ErrorStyle.GETH, "https://rpc.example/help"));
        assertThat(ErrorPolicy.NONE.style()).isEqualTo(ErrorStyle.FAIRLEAD);
    }

    private static Slice data(@Nullable String shown) {
        return switch (shown) {
            case null -> Slice.NONE;
            case "OWN" -> Slice.of(OWN);
            case "SEE" -> Slice.of(SEE);
            default -> Slice.of(RATE);
        };
    }
}
