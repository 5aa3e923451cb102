package dev.fairlead.core.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultCountTest {
    private static final BlockSpan ASKED = new BlockSpan(1, 100);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 2 3                 | fine
            1 2 3 4               | fine
            1 2 3 4 5             | 1-4
            1 2 3 4 9 9 9         | 1-8
            1 2 3 3 3 9           | 1-2
            5 5 5 5 5 9           | 1-4
            1 1 1 1 1 9           | block 1
            1 1 1 1 1             | block 1
            9 8 7 6 5             | 1-50
            0x1 0x2 0x3 0x4 0xff  | 1-254
            null 2 3 4 9          | 1-8
            1 2 3 4 null          | 1-50
            none none none none none | 1-50
            """)
    void theRangeThatWouldDoEndsBeforeTheBlockThatIsTooMuch(String blocks, String expected) {
        assertThat(shown(count(array(blocks.split(" ")), 4), ASKED)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                                            | fine
            null                                                          | fine
            "0x1"                                                         | fine
            {"logs":[1,2,3,4,5,6]}                                        | fine
            [1,2,3,4]                                                     | fine
            ["a","b","c","d","e"]                                         | 1-50
            [[1,2,3,4,5,6],[]]                                            | fine
            [{"a":[1,2,3,4,5]},{"a":{"blockNumber":"0x9","b":[{},{}]}}]   | fine
            [{},{},{},{},{"topics":["blockNumber","0x7"],"x":"blockNumber","blockNumber" : "0x5" }] | 1-4
            [ {} , {} , {} , {} , {"data":"\\\\\\"],[","blockNumber":7} ] | 1-6
            [{},{},{},{},{"data":{"blockNumber":"0x7"},"blockNumber":"0x3"}] | 1-2
            """)
    void onlyWhatStandsInTheListItselfCounts(String json, String expected) {
        assertThat(shown(count(json + ",\"id\":[1,2,3,4,5,6]}", 4), ASKED)).isEqualTo(expected);
    }

    @Test
    void withoutAKnownBeginningItIsTheFirstLogs() {
        assertThat(shown(count(array("7", "8", "9", "10", "11"), 4), BlockSpan.ANY))
                .isEqualTo("7-10");
        assertThat(shown(count(array("7", "7", "7", "7", "7"), 4), BlockSpan.ANY))
                .isEqualTo("block 7");
        assertThat(shown(count(array("none", "none", "none", "none", "none"), 4), BlockSpan.ANY))
                .isEqualTo("nothing");
    }

    @Test
    void whatIsCutOffIsCompleteUpToTheBlockBefore() {
        ResultCount count = count("[{\"blockNumber\":\"0x5\"},{\"blockNumber\":\"0x8\"},{\"block", 4);

        assertThat(count.isExceeded()).isFalse();
        assertThat(count.possible(ASKED)).isEqualTo(new BlockSpan(1, 7));
    }

    @Test
    void itDoesNotMatterWhereTheBytesAreCut() {
        Property.holds(2_000, any -> {
            int most = any.between(1, 6);
            byte[] json = array(blocks(any)).getBytes(StandardCharsets.UTF_8);
            var whole = new ResultCount(most);
            whole.read(json, 0, json.length);

            var cut = new ResultCount(most);
            int at = 0;
            while (at < json.length) {
                int end = Math.min(json.length, at + any.between(1, 7));
                if (!cut.read(json, at, end)) break;
                at = end;
            }

            assertThat(shown(cut, ASKED)).isEqualTo(shown(whole, ASKED));
        });
    }

    /// A client that goes on where the range that it was told ends.
    @Test
    void whoFollowsTheRangesGetsEveryLogOnce() {
        Property.holds(2_000, any -> {
            int most = any.between(2, 30);
            List<Long> chain = new ArrayList<>();
            for (long block = 0; block <= 60; block++) {
                int logs = any.between(0, most);
                for (int i = 0; i < logs; i++) chain.add(block);
            }

            var got = new ArrayList<Long>();
            long from = 0;
            long to = 60;
            for (int calls = 0; from <= 60; calls++) {
                assertThat(calls).isLessThan(200);
                long begin = from;
                long end = to;
                List<Long> found = chain.stream()
                        .filter(block -> block >= begin && block <= end)
                        .toList();
                ResultCount count =
                        count(array(found.stream().map(String::valueOf).toArray(String[]::new)), most);
                if (count.isExceeded()) {
                    BlockSpan possible = Objects.requireNonNull(count.possible(new BlockSpan(from, to)));
                    assertThat(possible.from()).isEqualTo(from);
                    assertThat(possible.to()).isBetween(from, to - 1);
                    to = possible.to();
                } else {
                    got.addAll(found);
                    from = to + 1;
                    to = 60;
                }
            }

            assertThat(got).isEqualTo(chain);
        });
    }

    private static String[] blocks(Generator any) {
        return LongStream.generate(() -> any.between(1L, 9L))
                .limit(any.between(0, 9))
                .sorted()
                .mapToObj(block -> any.bool() ? "0x" + Long.toHexString(block) : Long.toString(block))
                .toArray(String[]::new);
    }

    private static String array(String... blocks) {
        var logs = new ArrayList<String>();
        for (String block : blocks) {
            String number = block.startsWith("0x") ? '"' + block + '"' : block;
            logs.add("{\"address\":\"0x1\",\"topics\":[\"0xa\",\"0xb\"],\"data\":\"\\\"blockNumber\\\":5\""
                    + (block.equals("none") ? "" : ",\"blockNumber\":" + number)
                    + ",\"logIndex\":\"0x0\"}");
        }
        return "[" + String.join(",", logs) + "]";
    }

    private static ResultCount count(String json, long most) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        var count = new ResultCount(most);
        count.read(bytes, 0, bytes.length);
        return count;
    }

    private static String shown(ResultCount count, BlockSpan asked) {
        if (!count.isExceeded()) return "fine";
        @Nullable BlockSpan possible = count.possible(asked);
        if (possible != null) return possible.from() + "-" + possible.to();
        return count.firstBlock() < 0 ? "nothing" : "block " + count.firstBlock();
    }
}
