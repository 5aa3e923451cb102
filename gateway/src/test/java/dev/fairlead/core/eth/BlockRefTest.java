package dev.fairlead.core.eth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.BlockRef.Hash;
import dev.fairlead.core.eth.BlockRef.None;
import dev.fairlead.core.eth.BlockRef.Number;
import dev.fairlead.core.eth.BlockRef.Range;
import dev.fairlead.core.eth.BlockRef.Tag;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BlockRefTest {
    private static final String HASH = "0x" + "aB".repeat(32);
    private static final BlockRef HASHED = new Hash(HASH.toLowerCase(Locale.ROOT));
    private static final BlockRef NONE = new None();

    static Stream<Arguments> calls() {
        return Stream.of(
                Arguments.of("eth_getBlockByNumber", "[\"0x10\",false]", new Number(16)),
                Arguments.of("eth_getBlockByNumber", "[ \"0x0\" , true ]", new Number(0)),
                Arguments.of("eth_getBlockByNumber", "[\"0x00010\",false]", new Number(16)),
                Arguments.of("eth_getBlockByNumber", "[\"0x7fffffffffffffff\"]", new Number(Long.MAX_VALUE)),
                Arguments.of("eth_getBlockByNumber", "[\"0x8000000000000000\"]", NONE),
                Arguments.of("eth_getBlockByNumber", "[\"16\",false]", NONE),
                Arguments.of("eth_getBlockByNumber", "[\"0x\",false]", NONE),
                Arguments.of("eth_getBlockByNumber", "[\"0xzz\",false]", NONE),
                Arguments.of("eth_getBlockByNumber", "[\"-0x1\",false]", NONE),
                Arguments.of("eth_getBlockByNumber", "[-1]", NONE),
                Arguments.of("eth_getBlockByNumber", "[1.5]", NONE),
                Arguments.of("eth_getBlockByNumber", "[true]", NONE),
                Arguments.of("eth_getBlockByNumber", "[[\"0x1\"]]", NONE),
                Arguments.of("eth_getBlockByNumber", "[\"Latest\"]", NONE),
                Arguments.of("eth_getBlockByNumber", "[\"latest\",true]", Tag.LATEST),
                Arguments.of("eth_getBlockByNumber", "[\"safe\"]", Tag.SAFE),
                Arguments.of("eth_getBlockByNumber", "[\"finalized\"]", Tag.FINALIZED),
                Arguments.of("eth_getBlockByNumber", "[\"pending\"]", Tag.PENDING),
                Arguments.of("eth_getBlockByNumber", "[\"e\\u0061rliest\"]", Tag.EARLIEST),
                Arguments.of("eth_getBlockByHash", "[\"" + HASH + "\",true]", HASHED),
                Arguments.of("eth_getBlockByHash", "[\"0x" + "zz".repeat(32) + "\",true]", NONE),
                Arguments.of("eth_call", "[{\"to\":\"0x00\",\"data\":\"0x\"},\"0x5\"]", new Number(5)),
                Arguments.of("eth_call", "[{\"to\":\"0x00\"},\"0x5\",{\"0x00\":{\"code\":\"0x60", new Number(5)),
                Arguments.of("eth_call", "[{\"to\":\"0x00\"}]", Tag.LATEST),
                Arguments.of("eth_call", "[{\"to\":\"0x00\"},null]", Tag.LATEST),
                Arguments.of("eth_call", "[{},{\"blockNumber\":\"0x1\"}]", new Number(1)),
                Arguments.of("eth_call", "[{},{\"blockNumber\":\"latest\"}]", Tag.LATEST),
                Arguments.of("eth_call", "[{},{\"blockHash\":\"" + HASH + "\",\"requireCanonical\":true}]", HASHED),
                Arguments.of("eth_call", "[{},{\"blockHash\":\"" + HASH + "\",\"blockNumber\":\"0x1\"}]", NONE),
                Arguments.of("eth_call", "[{},{}]", NONE),
                Arguments.of("eth_call", "{\"to\":\"0x00\"}", NONE),
                Arguments.of("eth_getStorageAt", "[\"0x00\",\"0x1\",\"0x2\"]", new Number(2)),
                Arguments.of("eth_getProof", "[\"0x00\",[\"0x1\"],\"0x3\"]", new Number(3)),
                Arguments.of("eth_feeHistory", "[\"0x5\",\"0x9\",[25,75]]", new Number(9)),
                Arguments.of("trace_call", "[{},[\"trace\"],\"0x7\"]", new Number(7)),
                Arguments.of("eth_callMany", "[[],{\"blockNumber\":\"0x8\",\"transactionIndex\":-1}]", new Number(8)),
                Arguments.of("ots_getBlockDetails", "[17000000]", new Number(17_000_000)),
                Arguments.of(
                        "eth_getLogs",
                        "[{\"address\":\"0x00\",\"toBlock\":\"0x20\",\"fromBlock\":\"0x10\"}]",
                        new Range(new Number(16), new Number(32))),
                Arguments.of("eth_getLogs", "[{\"fromBlock\":\"0x10\"}]", new Range(new Number(16), Tag.LATEST)),
                Arguments.of("eth_getLogs", "[{\"fromBlock\":null,\"toBlock\":\"junk\"}]", new Range(Tag.LATEST, NONE)),
                Arguments.of("eth_getLogs", "[{}]", new Range(Tag.LATEST, Tag.LATEST)),
                Arguments.of("eth_getLogs", "[{\"blockHash\":\"" + HASH + "\"}]", HASHED),
                Arguments.of("eth_getLogs", "[]", NONE),
                Arguments.of("eth_getLogs", "[\"0x1\"]", NONE),
                Arguments.of("eth_newFilter", "[{\"toBlock\":\"0x2\"}]", new Range(Tag.LATEST, new Number(2))),
                Arguments.of("eth_getTransactionByHash", "[\"" + HASH + "\"]", NONE),
                Arguments.of("eth_blockNumber", "[]", NONE),
                Arguments.of("zks_getBlockDetails", "[5]", NONE));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theReferenceIsReadFromTheRawParams(String method, String params, BlockRef expected) {
        assertThat(BlockRef.of(MethodTable.of(method), Slice.of(params))).isEqualTo(expected);
    }

    @Test
    void withoutParamsTheLatestBlockIsMeant() {
        assertThat(BlockRef.of(MethodTable.of("eth_call"), Slice.NONE)).isEqualTo(Tag.LATEST);
    }

    @Test
    void theHighestNumberThatACallNamesMustBeThere() {
        assertThat(new Number(7).needsHead()).isEqualTo(7);
        assertThat(new Range(new Number(3), new Number(9)).needsHead()).isEqualTo(9);
        assertThat(new Range(new Number(3), Tag.LATEST).needsHead()).isEqualTo(3);
        assertThat(new Range(Tag.EARLIEST, NONE).needsHead()).isEqualTo(-1);
        assertThat(Tag.LATEST.needsHead()).isEqualTo(-1);
        assertThat(HASHED.needsHead()).isEqualTo(-1);
        assertThat(NONE.needsHead()).isEqualTo(-1);
    }

    @Test
    void tagsSpeakTheirWord() {
        assertThat(Tag.FINALIZED.word()).isEqualTo("finalized");
    }
}
