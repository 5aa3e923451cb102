package dev.fairlead.fakenode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FakeNodeTest {
    private final FakeChain chain = FakeChain.of(5);
    private final FakeNode node = FakeNode.start(chain);
    private final Client client = new Client(node);

    @BeforeEach
    void mine() {
        chain.mine(100);
    }

    @AfterEach
    void close() {
        client.close();
        node.close();
    }

    @Test
    void tellsWhoItIs() throws Exception {
        assertThat(client.call("eth_chainId")).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x5\"}");
        assertThat(client.call("net_version")).contains("\"result\":\"5\"");
        assertThat(client.call("web3_clientVersion")).contains("FakeNode/1.0");
        assertThat(client.call("eth_syncing")).contains("\"result\":false");

        node.chainId(6);
        node.clientVersion("Geth/v1");
        node.peers(3);
        node.syncing(1, 255);

        assertThat(client.call("eth_chainId")).contains("\"0x6\"");
        assertThat(client.call("web3_clientVersion")).contains("Geth/v1");
        assertThat(client.call("net_peerCount")).contains("\"0x3\"");
        assertThat(client.call("eth_syncing")).contains("\"highestBlock\":\"0xff\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "1e3", "\"a\\u0041\"", "123456789012345678901234567890", "null", "\"\""})
    void idComesBackByteForByte(String id) throws Exception {
        assertThat(client.body("{\"method\":\"eth_chainId\",\"id\" : " + id + " }"))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":\"0x5\"}");
    }

    @Test
    void notificationIsNotAnswered() throws Exception {
        assertThat(client.body("{\"method\":\"eth_chainId\"}")).isEmpty();
        assertThat(node.count("eth_chainId")).isEqualTo(1);
    }

    @Test
    void unknownMethodAndBrokenJsonAreRefused() throws Exception {
        assertThat(client.call("eth_foo")).contains("-32601", "the method eth_foo does not exist/is not available");
        assertThat(client.body("{nonsense")).contains("-32700", "\"id\":null");
        assertThat(client.body("[]")).contains("-32600");
        assertThat(client.call("eth_getBlockByNumber")).contains("-32602");
        assertThat(client.call("eth_getBlockByNumber", "\"0xzz\"")).contains("-32602");
    }

    @Test
    void batchIsAnsweredInOrder() throws Exception {
        assertThat(
                        client.body(
                                "[{\"id\":1,\"method\":\"eth_chainId\"},{\"method\":\"a\"},{\"id\":2,\"method\":\"net_version\"}]"))
                .isEqualTo(
                        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x5\"},{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":\"5\"}]");
    }

    @Test
    void blocksAreFoundByNumberTagAndHash() throws Exception {
        String hash = chain.block(100).orElseThrow().hash();

        assertThat(client.call("eth_getBlockByNumber", "\"latest\",false")).contains(hash);
        assertThat(client.call("eth_getBlockByNumber", "\"0x64\",false")).contains(hash);
        assertThat(client.call("eth_getBlockByHash", '"' + hash + "\",false")).contains("\"number\":\"0x64\"");
        assertThat(client.call("eth_getBlockByNumber", "\"earliest\",false")).contains(chain.genesisHash());
        assertThat(client.call("eth_getBlockByNumber", "\"safe\",false")).contains("\"number\":\"0x44\"");
        assertThat(client.call("eth_getBlockByNumber", "\"finalized\",false")).contains("\"number\":\"0x24\"");
        assertThat(client.call("eth_getBlockByNumber", "\"pending\",false"))
                .contains("\"number\":\"0x65\",\"hash\":null");
        assertThat(client.call("eth_getBlockByNumber", "\"0x65\",false")).endsWith("\"result\":null}");
    }

    @Test
    void stateIsReadAtTheNamedBlock() throws Exception {
        assertThat(client.call("eth_call", "{},\"latest\"")).contains("0".repeat(62) + "64\"");
        assertThat(client.call("eth_call", "{},\"0x1\"")).contains("0".repeat(62) + "01\"");
        assertThat(client.call("eth_call", "{},{\"blockHash\":\"" + chain.head().hash() + "\"}"))
                .contains("0".repeat(62) + "64\"");
        assertThat(client.call("eth_getBalance", "\"0x0\",\"0x65\"")).contains("header not found");
    }

    @Test
    void laggingFrozenAndLyingNodesReportTheirOwnHead() throws Exception {
        node.lagBehind(3);
        assertThat(client.call("eth_blockNumber")).contains("\"0x61\"");
        assertThat(client.call("eth_getBlockByNumber", "\"0x62\",false")).contains("\"result\":null");

        node.freezeAt(50);
        chain.mine();
        assertThat(client.call("eth_blockNumber")).contains("\"0x32\"");

        node.reportsHead(1000);
        assertThat(client.call("eth_blockNumber")).contains("\"0x3e8\"");
        assertThat(client.call("eth_getBlockByNumber", "\"latest\",false")).contains("\"number\":\"0x3e8\"");

        node.follow();
        assertThat(client.call("eth_blockNumber")).contains("\"0x65\"");
    }

    @Test
    void nodesOfOneChainAgreeAndAForkedOneDoesNot() throws Exception {
        FakeChain fork = chain.fork(99, "other");
        fork.mine(2);

        try (var other = FakeNode.start(chain);
                var otherClient = new Client(other)) {
            String head = "\"0x64\",false";
            assertThat(otherClient.call("eth_getBlockByNumber", head))
                    .isEqualTo(client.call("eth_getBlockByNumber", head));

            other.follows(fork);

            assertThat(otherClient.call("eth_getBlockByNumber", head))
                    .contains(fork.head().hash());
        }
    }

    @Test
    void submissionIsKeptAndKnownTheSecondTime() throws Exception {
        String hash = "0x" + "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";

        assertThat(client.call("eth_sendRawTransaction", "\"0x\"")).contains(hash);
        assertThat(client.call("eth_sendRawTransaction", "\"0x\"")).contains("-32000", "already known");
        assertThat(client.call("eth_getTransactionByHash", '"' + hash + '"')).contains(hash);
        assertThat(client.call("eth_getTransactionByHash", "\"0x1\"")).contains("\"result\":null");
        assertThat(node.transactions()).containsExactly("0x");
    }

    @Test
    void callsAreRecordedWithEverythingTheyBrought() throws Exception {
        client.call("eth_call", "{\"to\" : 1}, \"latest\"");

        Received call = node.callsOf("eth_call").getFirst();
        assertThat(call.params()).isEqualTo("[{\"to\" : 1}, \"latest\"]");
        assertThat(call.path()).isEqualTo("/path?x=1");
        assertThat(call.headers().get("x-test")).isEqualTo("seen");
        assertThat(call.body()).startsWith("{\"jsonrpc\"");
        assertThat(node.awaitCalls("eth_call", 1, Duration.ofSeconds(1))).hasSize(1);
    }

    @Test
    void withoutRecordingCallsAreOnlyCounted() throws Exception {
        node.recording(false);
        client.call("eth_call");

        assertThat(node.calls()).isEmpty();
        assertThat(node.count()).isEqualTo(1);

        node.forgetCalls();
        assertThat(node.count("eth_call")).isZero();
    }

    @Test
    void crashedNodeRefusesUntilRevivedOnTheSamePort() throws Exception {
        client.call("eth_chainId");
        int port = node.port();

        node.crash();
        assertThatThrownBy(() -> client.call("eth_chainId")).isInstanceOf(IOException.class);
        assertThat(node.connections()).isZero();

        node.revive();
        assertThat(node.port()).isEqualTo(port);
        assertThat(client.call("eth_chainId")).contains("0x5");
        assertThat(node.connectionsAccepted()).isEqualTo(2);
    }

    @Test
    void getIsGreetedWithNothing() throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(node.httpUrl()).build();

        assertThat(client.http()
                        .send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }
}
