package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.data.http.ServerConfig;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever goes wrong here after a call was sent which must not be done twice: its client is not told that it failed.
class UncertainTest {
    private static final long MIB = 1024 * 1024;
    private static final String RAW =
            "0x02f8650180843b9aca0084773594008252089400000000000000000000000000000000000000000101"
                    + "8080c080a0000000000000000000000000000000000000000000000000000000000000000101";

    @ParameterizedTest
    @CsvSource({
        "eth_sendRawTransaction, -32016, 504",
        "eth_sendTransaction, -32016, 504",
        "made_up, -32016, 504",
        "eth_call, -32015, 504"
    })
    void theTimeOfACallThatIsAtANodeIsOver(String method, int code, int status) throws Exception {
        try (Gateway gateway = Gateway.start(Gateway.timeouts(t ->
                new ServerConfig.Timeouts(t.header(), t.body(), t.idle(), Gateway.SHORT, t.slowReader(), t.stop())))) {
            gateway.way.will((call, back) -> {
                call.attempted();
                gateway.way.held.add(new StubWay.Held(call, back));
            });

            var said = gateway.post(call(method));

            assertThat(said.statusCode()).isEqualTo(status);
            assertThat(said.body()).contains("\"code\":" + code);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eth_sendRawTransaction, true, -32016",
        "eth_sendRawTransaction, false, -32603",
        "eth_call, true, -32603"
    })
    void theGatewayMeetsAFault(String method, boolean sent, int code) throws Exception {
        try (Gateway gateway = Gateway.start()) {
            gateway.way.will((call, _) -> {
                if (sent) call.attempted();
                throw new IllegalStateException("a bug");
            });

            assertThat(gateway.post(call(method)).body()).contains("\"code\":" + code);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eth_sendRawTransaction, 100, result",
        "eth_sendRawTransactionSync, 60000, -32016",
        "eth_sendTransaction, 60000, -32016",
        "eth_getLogs, 60000, -32005"
    })
    void memoryIsUsedUpWhenTheAnswerComes(String method, int size, String expected) throws Exception {
        for (Function<String, String> shape : shapes()) {
            try (Gateway gateway = Gateway.within(1L << 40, 10 * MIB)) {
                MemoryShare others = MemoryShare.of(gateway.budgets.direct());
                gateway.way.will((call, back) -> {
                    call.attempted();
                    others.add(9 * MIB + MIB / 2);
                    back.accept(gateway.way.result(call, result(size)));
                });

                assertThat(gateway.post(shape.apply(call(method))).body()).contains(expected);
            }
        }
    }

    private static Iterable<Function<String, String>> shapes() {
        return List.of(Function.identity(), call -> "[" + call + "]");
    }

    private static String result(int size) {
        return "\"" + "x".repeat(size) + "\"";
    }

    private static String call(String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[\"" + RAW + "\"]}";
    }
}
