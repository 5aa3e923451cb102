package dev.fairlead.data.shown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.BlockInAnswer;
import dev.fairlead.core.eth.HexKey;
import dev.fairlead.core.reply.Reply;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownBlockScanTest {
    private static final String HASH = "0x" + "ab".repeat(32);

    private final ShownBlockScan shownBlockScan = new ShownBlockScan();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            BLOCK         | {"hash":"0x1","number":"0x10"}                                      | 16
            BLOCK         | {"block":{"number" : "0x10"}}                                       | 16
            BLOCK         | {"hash":null,"number":null}                                         | -1
            PART_OF_BLOCK | {"blockHash":"0x2","blockNumber":"0xA0","logs":[]}                  | 160
            PART_OF_BLOCK | {"blockHash":null,"blockNumber":null,"hash":"0x1"}                  | -1
            PART_OF_BLOCK | [{"action":{},"blockNumber":1234,"type":"call"}]                    | 1234
            PART_OF_BLOCK | {"memo":"\\"blockNumber\\":\\"0xffff\\"","blockNumber":"0x1"}       | 1
            PART_OF_BLOCK | {"blockNumber":"0xffffffffffffffff"}                                | 9223372036854775807
            PART_OF_BLOCK | {"blockNumber":"0x0000000000000000a0"}                              | 160
            PART_OF_BLOCK | {"blockNumber":"0x0"}                                               | 0
            PART_OF_BLOCK | [{"blockNumber":9223372036854775807}]                               | 9223372036854775807
            PART_OF_BLOCK | {"blockNumber":"0x7fffffffffffff                                    | -1
            LAST_OF_MANY  | [{"blockNumber":"0x1"},{"blockNumber":"0x7fffffffffffffff"}]        | 9223372036854775807
            FEES          | {"oldestBlock":"0x7fffffffffffffff","gasUsedRatio":[1,2,3]}         | 9223372036854775807
            PART_OF_BLOCK | {"blockNumber":"0x12                                                | -1
            PART_OF_BLOCK | {"blockNumber":"                                                    | -1
            PART_OF_BLOCK | {"blockNumber"                                                      | -1
            PART_OF_BLOCK | {"blockNumber":"many"}                                              | -1
            LAST_OF_MANY  | [{"blockNumber":"0x1"},{"blockNumber":"0x3"}]                       | 3
            LAST_OF_MANY  | []                                                                  | -1
            FEES          | {"oldestBlock":"0x10","baseFeePerGas":["0x1"],"gasUsedRatio":[1,2]} | 17
            FEES          | {"oldestBlock":"0x10","gasUsedRatio":[0.5]}                         | 16
            FEES          | {"oldestBlock":"0x10","gasUsedRatio":null}                          | 16
            NOTHING       | {"blockNumber":"0x1","number":"0x1"}                                | -1
            """)
    void theBlockIsFoundWhereTheMethodShowsIt(BlockInAnswer showing, String result, long expected) {
        shownBlockScan.look(showing, reply(result));

        assertThat(shownBlockScan.number()).isEqualTo(expected);
    }

    @Test
    void theHashIsFoundBesideTheNumber() {
        shownBlockScan.look(
                BlockInAnswer.PART_OF_BLOCK, reply("{\"blockHash\":\"" + HASH + "\",\"blockNumber\":\"0x1\"}"));

        assertThat(shownBlockScan.hash()).isEqualTo(HexKey.ofHash(HASH));
    }

    @Test
    void aHashThatIsCutOffIsNone() {
        shownBlockScan.look(BlockInAnswer.BLOCK, reply("{\"number\":\"0x1\",\"hash\":\"" + HASH));

        assertThat(shownBlockScan.number()).isEqualTo(1);
        assertThat(shownBlockScan.hash()).isEqualTo(HexKey.NONE);
    }

    @Test
    void ofManyLogsTheLastAreLookedAt() {
        String log = "{\"blockNumber\":\"0x%x\",\"data\":\"0x00\"}";
        var logs = new StringBuilder("[");
        for (int i = 1; i <= 3000; i++) logs.append(log.formatted(i)).append(i < 3000 ? "," : "]");

        shownBlockScan.look(BlockInAnswer.LAST_OF_MANY, reply(logs.toString()));

        assertThat(shownBlockScan.number()).isEqualTo(3000);
    }

    private static Reply reply(String result) {
        byte[] body = ("{\"result\":" + result).getBytes(StandardCharsets.UTF_8);
        return new Reply(Unpooled.wrappedBuffer(body), 10, null, body.length, null);
    }
}
