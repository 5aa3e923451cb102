package dev.fairlead.data.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.HexKey;
import dev.fairlead.core.eth.Showing;
import dev.fairlead.core.upstream.Reply;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SightingTest {
    private static final String HASH = "0x" + "ab".repeat(32);

    private final Sighting sighting = new Sighting();

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
    void theBlockIsFoundWhereTheMethodShowsIt(Showing showing, String result, long expected) {
        sighting.look(showing, reply(result));

        assertThat(sighting.number()).isEqualTo(expected);
    }

    @Test
    void theHashIsFoundBesideTheNumber() {
        sighting.look(Showing.PART_OF_BLOCK, reply("{\"blockHash\":\"" + HASH + "\",\"blockNumber\":\"0x1\"}"));

        assertThat(sighting.hash()).isEqualTo(HexKey.ofHash(HASH));
    }

    @Test
    void aHashThatIsCutOffIsNone() {
        sighting.look(Showing.BLOCK, reply("{\"number\":\"0x1\",\"hash\":\"" + HASH));

        assertThat(sighting.number()).isEqualTo(1);
        assertThat(sighting.hash()).isEqualTo(HexKey.NONE);
    }

    @Test
    void ofManyLogsTheLastAreLookedAt() {
        String log = "{\"blockNumber\":\"0x%x\",\"data\":\"0x00\"}";
        var logs = new StringBuilder("[");
        for (int i = 1; i <= 3000; i++) logs.append(log.formatted(i)).append(i < 3000 ? "," : "]");

        sighting.look(Showing.LAST_OF_MANY, reply(logs.toString()));

        assertThat(sighting.number()).isEqualTo(3000);
    }

    private static Reply reply(String result) {
        byte[] body = ("{\"result\":" + result).getBytes(StandardCharsets.UTF_8);
        return new Reply(Unpooled.wrappedBuffer(body), 10, null, body.length, null);
    }
}
