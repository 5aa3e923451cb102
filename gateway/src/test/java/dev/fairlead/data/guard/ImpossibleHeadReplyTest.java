package dev.fairlead.data.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.shown.Floor;
import dev.fairlead.data.shown.ShownHashes;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no chain can be is no answer, and is not remembered as shown.
class ImpossibleHeadReplyTest {
    private static final String BLOCK = "eth_getBlockByNumber";
    private static final String NUMBER = "eth_blockNumber";

    private final ScriptedNodes nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());

    static Stream<String> numbers() {
        return Stream.of(
                "0x20000000000001",
                "0x2000000000000000",
                "0x4000000000000000",
                "0x7fffffffffffffa3",
                "0x7ffffffffffffffe",
                "0x7fffffffffffffff",
                "0x8000000000000000",
                "0x" + "f".repeat(16),
                "0x" + "f".repeat(64));
    }

    static Stream<Arguments> tagged() {
        return numbers()
                .flatMap(number ->
                        Stream.of("latest", "pending", "safe", "finalized").map(tag -> Arguments.of(number, tag)));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aHeadIsTakenFromAnotherNode(String number) {
        nodes.says("a", '"' + number + '"').says("b", "\"0x64\"");

        assertThat(nodes.call(NUMBER, "[]").text()).isEqualTo("\"0x64\"");
        assertThat(nodes.asked).containsExactly("a", "b");
        assertThat(nodes.bodies.getFirst().refCnt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "9223372036854775807", "18446744073709551615", "60000"})
    void norAsAPlainNumber(String number) {
        nodes.says("a", number).says("b", "\"0x64\"");
        String head = nodes.call(NUMBER, "[]").text();
        nodes.says("a", "{\"number\":" + number + "}").says("b", block("0x65"));

        assertThat(head).isEqualTo("\"0x64\"");
        assertThat(nodes.call(BLOCK, "[\"latest\",false]").text()).isEqualTo(block("0x65"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0x00000000000000000064\"", "100", "1e300", "\"0x\"", "\"many\"", "null"})
    void howeverElseItIsWrittenItGoesToTheClient(String result) {
        nodes.says("a", result);

        assertThat(nodes.call(NUMBER, "[]").text()).isEqualTo(result);
    }

    @ParameterizedTest
    @MethodSource("tagged")
    void aBlockIsTakenFromAnotherNode(String number, String tag) {
        nodes.says("a", block(number)).says("b", block("0x65"));

        assertThat(nodes.call(BLOCK, "[\"" + tag + "\",false]").text()).isEqualTo(block("0x65"));
        assertThat(nodes.bodies.getFirst().refCnt()).isZero();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void whenEveryNodeSaysSoThatIsNoAnswer(String number) {
        nodes.says("a", '"' + number + '"').says("b", '"' + number + '"');

        ScriptedNodes.ClientCall asked = nodes.call(NUMBER, "[]");
        nodes.pass(Duration.ofSeconds(20));
        nodes.says("a", "\"0x64\"").says("b", "\"0x64\"");

        assertThat(asked.text()).isIn("NO_NODE", "NODES_FAILED", "DEADLINE");
        assertThat(nodes.bodies).allMatch(body -> body.refCnt() == 0);
        assertThat(nodes.call(NUMBER, "[]").text()).isEqualTo("\"0x64\"");
    }

    /// Whether or not there is a reference to hold it against.
    @ParameterizedTest
    @MethodSource("numbers")
    void aReplyThatShowsSuchABlockLiftsNoFloor(String number) {
        nodes.says("a", "{\"blockNumber\":\"" + number + "\",\"blockHash\":\"0x1\"}");
        nodes.call("eth_getTransactionReceipt", "[\"0x" + "ab".repeat(32) + "\"]");
        nodes.says("a", "\"0x64\"").says("b", "\"0x64\"");

        assertThat(nodes.call(NUMBER, "[]").text()).isEqualTo("\"0x64\"");
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 53) + 1, 1L << 61, Long.MAX_VALUE})
    void withoutAReferenceItIsNotBelievedEither(long number) {
        assertThat(Floor.NONE.height(number, 0, 10, Duration.ofSeconds(12))).isEqualTo(Floor.Height.ABOVE);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                (1L << 31) - 2,
                (1L << 31) - 1,
                1L << 31,
                (1L << 32) - 2,
                (1L << 32) - 1,
                1L << 32,
                (1L << 32) + 5,
                1L << 53
            })
    void aHeightOfManyBitsIsNotTakenForALowOneNorForNone(long height) {
        var hashes = new ShownHashes();

        hashes.shown(0xab00_0000_0000_0001L, height);

        assertThat(hashes.height(0xab00_0000_0000_0001L)).isEqualTo(Math.min(height, 0x7fff_fffeL));
    }

    private static String block(String number) {
        return "{\"number\":\"" + number + "\"}";
    }
}
