package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What clients send to go-ethereum and what they get there (1.16.7, asked), beside what they get here, and why
/// where the two differ.
class LikeGethTest {
    private static final Gateway GATEWAY = Gateway.start();
    private static final String CALL = "{'jsonrpc':'2.0','id':1,'method':'m','params':[]}";
    private static final String RESULT = "200 {'jsonrpc':'2.0','id':1,'result':'m'}";
    private static final String SAME = "";
    private static final String CODES = "an error of the request has an HTTP status that proxies and metrics see";

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static Stream<Arguments> bodies() {
        return Stream.of(
                // body, geth, here, why
                row(CALL, RESULT, RESULT, SAME),
                row("{'jsonrpc':'2.0','id':1,'method':'m'}", RESULT, RESULT, SAME),
                row("{'jsonrpc':'2.0','id':1,'method':'m','params':null}", RESULT, RESULT, SAME),
                row("{'jsonrpc':'2.0','id':1,'method':'m','params':{}}", "200 -32602", RESULT, "the node says it"),
                row("{'jsonrpc':'2.0','id':1,'method':'m','params':'x'}", "200 -32602", "400 -32602", CODES),
                row("{'jsonrpc':'2.0','id':1,'method':'m','params':5}", "200 -32602", "400 -32602", CODES),
                row("{'jsonrpc':'2.0','id':1,'method':'m','extra':[{}]}", RESULT, RESULT, SAME),
                row("{'jsonrpc':'2.0','id':1,'method':'\\u006d'}", RESULT, RESULT, SAME),
                row("{'jsonrpc':'2.0','id':'a','method':'m'}", "200 'id':'a'", "200 'id':'a'", SAME),
                row("{'jsonrpc':'2.0','id':null,'method':'m'}", "200 'id':null", "200 'id':null", SAME),
                row("{'jsonrpc':'2.0','id':1.50,'method':'m'}", "200 'id':1.50", "200 'id':1.50", SAME),
                row(
                        "{'jsonrpc':'2.0','id':18446744073709551617,'method':'m'}",
                        "200 'id':18446744073709551617",
                        "200 'id':18446744073709551617",
                        SAME),
                row("{'jsonrpc':'2.0','id':{},'method':'m'}", "200 'id':null -32600", "400 'id':null -32600", CODES),
                row("{'jsonrpc':'2.0','id':[],'method':'m'}", "200 'id':null -32600", "400 'id':null -32600", CODES),
                row(
                        "{'jsonrpc':'2.0','id':true,'method':'m'}",
                        "200 'id':true",
                        "400 'id':null -32600",
                        "JSON-RPC 2.0"),
                row("{'id':1,'method':'m'}", "200 'id':1 -32600", "400 'id':1 -32600", CODES),
                row("{'jsonrpc':'1.0','id':1,'method':'m'}", "200 'id':1 -32600", "400 'id':1 -32600", CODES),
                row("{'jsonrpc':2,'id':1,'method':'m'}", "200 'id':1 -32600", "400 'id':1 -32600", CODES),
                row("{'jsonrpc':'2.0','id':1}", "200 'id':1 -32600", "400 'id':1 -32600", CODES),
                row("{'jsonrpc':'2.0','id':1,'method':7}", "200 'id':1 -32600", "400 'id':1 -32600", CODES),
                row("{'jsonrpc':'2.0','ID':1,'Method':'m'}", RESULT, "400 -32600", "JSON-RPC 2.0: names have a case"),
                row(
                        "{'jsonrpc':'2.0','id':1,'method':'n','method':'m'}",
                        RESULT,
                        "400 -32600",
                        "two readers may believe different ones"),
                row("{'jsonrpc':'2.0','method':'m'}", "200 ", "204 ", "nothing is said, and HTTP says so"),
                row("[{'jsonrpc':'2.0','method':'m'}]", "200 ", "204 ", "nothing is said, and HTTP says so"),
                row("[]", "200 'id':null -32600", "400 'id':null -32600", CODES),
                row("[1]", "200 [ 'id':null -32600", "200 [ 'id':null -32600", SAME),
                row("[null]", "200 [ 'id':null -32600", "200 [ 'id':null -32600", SAME),
                row("null", "200 'id':null -32600", "400 'id':null -32600", CODES),
                row("5", "200 'id':null -32600", "400 'id':null -32600", CODES),
                row("", "200 ", "400 -32700", "an empty answer tells nobody what is wrong"),
                row(" \r\n\t" + CALL, RESULT, RESULT, SAME),
                row(CALL + "\r\n \t", RESULT, RESULT, SAME),
                row(CALL + "garbage", RESULT, "400 -32700", "what follows may be another request"),
                row(CALL + CALL, RESULT, "400 -32700", "what follows may be another request"),
                row(CALL + "\0", RESULT, "400 -32700", "what follows may be another request"),
                row("\0" + CALL, "200 -32700", "400 -32700", CODES),
                row("\ufeff" + CALL, "200 -32700", "400 -32700", CODES),
                row("{'jsonrpc':'2.0','id':1,'method':'m','params':['\0']}", "200 -32700", "400 -32700", CODES),
                row("{'jsonrpc':'2.0','id':1,'method':'m','params':[1e999999]}", RESULT, RESULT, SAME),
                row(
                        "{'jsonrpc':'2.0','id':1,'method':'m','params':" + "[".repeat(200) + "]".repeat(200) + "}",
                        RESULT,
                        "400 'id':null -32600",
                        "server.max_nesting guards nodes' stacks"),
                row("{'jsonrpc':'2.0','id':1,'method':'m'", "200 -32700", "400 -32700", CODES),
                row("{'jsonrpc':'2.0','id':1,'method':'m',}", "200 -32700", "400 -32700", CODES),
                row("<html>", "200 -32700", "400 -32700", CODES));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyIsAnsweredAsGethWouldOrForAReason(String body, String geth, String here, String why) throws Exception {
        try (Wire wire = GATEWAY.wire()) {
            wire.say(Wire.post(body, "Content-Type: application/json"));

            assertIs(wire.hear(), here);
            assertThat(geth.equals(here))
                    .as("a difference has its reason: %s", body)
                    .isEqualTo(why.isEmpty());
        }
    }

    private static Stream<Arguments> requests() {
        return Stream.of(
                // request line and headers without Host and length, geth, here, why
                row("POST / HTTP/1.1\r\nContent-Type: application/json; charset=utf-8", RESULT, RESULT, SAME),
                row("POST / HTTP/1.1\r\nContent-Type: application/json-rpc", RESULT, RESULT, SAME),
                row("POST / HTTP/1.1\r\nContent-Type: application/jsonrequest", RESULT, RESULT, SAME),
                row("POST / HTTP/1.1\r\nContent-Type: APPLICATION/JSON", RESULT, RESULT, SAME),
                row("POST / HTTP/1.1", "415 ", RESULT, "other gateways take it, and no browser sends it unasked"),
                row("POST / HTTP/1.1\r\nContent-Type: text/plain", "415 ", RESULT, "other gateways take it"),
                row("POST /?key=1 HTTP/1.1\r\nContent-Type: application/json", RESULT, RESULT, SAME),
                row("POST /other HTTP/1.1\r\nContent-Type: application/json", "404 ", "404 -32600", "JSON for clients"),
                row("PUT / HTTP/1.1\r\nContent-Type: application/json", "405 ", "405 -32600", "JSON for clients"),
                row("DELETE / HTTP/1.1\r\nContent-Type: application/json", "405 ", "405 -32600", "JSON for clients"),
                row(
                        "PATCH / HTTP/1.1\r\nContent-Type: application/json",
                        RESULT,
                        "405 -32600",
                        "calls are sent by POST"),
                row("OPTIONS / HTTP/1.1", RESULT, "204 ", "it is a browser's question, and no call"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aHeadIsAnsweredAsGethWouldOrForAReason(String head, String geth, String here, String why) throws Exception {
        String body = CALL.replace('\'', '"');
        try (Wire wire = GATEWAY.wire()) {
            wire.say(head + "\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

            assertIs(wire.hear(), here);
            assertThat(geth.equals(here))
                    .as("a difference has its reason: %s", head)
                    .isEqualTo(why.isEmpty());
        }
    }

    private static void assertIs(Wire.Response response, String expected) {
        String[] parts = expected.split(" ");
        assertThat(response.status()).as(response.body()).isEqualTo(Integer.parseInt(parts[0]));
        if (parts.length == 1) assertThat(response.body()).isEmpty();
        for (int i = 1; i < parts.length; i++) assertThat(response.body()).contains(parts[i].replace('\'', '"'));
    }

    private static Arguments row(String sent, String geth, String here, String why) {
        return arguments(sent.startsWith("<") ? sent : sent.replace('\'', '"'), geth, here, why);
    }
}
