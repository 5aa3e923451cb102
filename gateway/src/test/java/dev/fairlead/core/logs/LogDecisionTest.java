package dev.fairlead.core.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.BlockRef.Tag;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.logs.ChainHeights.Height;
import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogDecisionTest {
    private static final ChainHeights HEIGHTS =
            new ChainHeights(1_000, Height.exactly(980), Height.exactly(950), 10, false);
    private static final LogCaps CAPS = new LogCaps(100L, 3L, 4L, 20L);
    private static final String HASH = "0x" + "ab".repeat(32);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                            | allowed ?-1000
            {"fromBlock":null,"toBlock":null}             | allowed ?-1000
            {"fromBlock":"0x385","toBlock":"0x3e8"}       | allowed 901-1000
            {"fromBlock":"0x384","toBlock":"0x3e8"}       | blocks 900-999
            {"fromBlock":"0x384","toBlock":"latest"}      | blocks 900-999
            {"fromBlock":"0x384"}                         | blocks 900-999
            {"fromBlock":"0x3ae","toBlock":"latest"}      | allowed 942-1000
            {"fromBlock":"earliest"}                      | blocks 0-99
            {"fromBlock":"earliest","toBlock":"earliest"} | allowed 0-0
            {"fromBlock":"earliest","toBlock":"0x63"}     | allowed 0-99
            {"fromBlock":"earliest","toBlock":"0x64"}     | blocks 0-99
            {"fromBlock":"finalized"}                     | allowed 950-1000
            {"fromBlock":"finalized","toBlock":"safe"}    | allowed 950-980
            {"fromBlock":"0x1","toBlock":"finalized"}     | blocks 1-100
            {"fromBlock":"0x352","toBlock":"finalized"}   | blocks 850-949
            {"fromBlock":"0x353","toBlock":"finalized"}   | allowed 851-950
            {"fromBlock":"latest","toBlock":"pending"}    | allowed ?-1001
            {"fromBlock":"pending"}                       | allowed ?-1000
            {"toBlock":"0x1"}                             | allowed ?-1
            {"fromBlock":"0x9","toBlock":"0x1"}           | allowed 9-1
            {"fromBlock":"0x3e7","toBlock":"0xffffffff"}  | allowed 999-1010
            {"fromBlock":"0x1","toBlock":"0xffffffffffffffff"} | blocks 1-100
            {"fromBlock":"0x1","toBlock":"0x10000000000000000000000"} | blocks 1-100
            {"fromBlock":"0xffffffffff","toBlock":"0xfffffffffff"} | allowed 1099511627775-1010
            {"fromBlock":"0X384","toBlock":"0x0003E8"}    | blocks 900-999
            {"fromBlock":900,"toBlock":1000}              | blocks 900-999
            {"fromBlock":"EARLIEST","toBlock":"Latest"}   | blocks 0-99
            {"fromBlock":"\\u0065arliest"}                | blocks 0-99
            {"from\\u0042lock":"0x1"}                     | blocks 1-100
            {"blockHash":"HASH"}                          | allowed any
            {"blockHash":"HASH","fromBlock":"0x1"}        | blocks 1-100
            {"blockHash":null,"fromBlock":"0x1"}          | blocks 1-100
            """)
    void aRangeIsCountedInBlocks(String filter, String expected) {
        assertThat(decided("eth_getLogs", "[" + filter.replace("HASH", HASH) + "]"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"fromBlock\":\"0x3e8\",\"fromBlock\":\"0x1\"}]",
                "[{\"fromBlock\":\"0x1\",\"fromBlock\":\"0x3e8\"}]",
                "[{\"fromBlock\":\"0x3e8\",\"FromBlock\":\"0x1\"}]",
                "[{\"FROMBLOCK\":\"0x1\"}]",
                "[{\"fromBloc\u212a\":\"0x1\"}]",
                "[{\"fromBloc\\u212a\":\"0x1\"}]",
                "[{\"blockHa\u017fh\":\"0x1\"}]",
                "[{\"fromBlock\":\"1\"}]",
                "[{\"fromBlock\":\"010\"}]",
                "[{\"fromBlock\":\"#ff\"}]",
                "[{\"fromBlock\":\" 0x1\"}]",
                "[{\"fromBlock\":\"\"}]",
                "[{\"fromBlock\":\"0x\"}]",
                "[{\"fromBlock\":\"-0x1\"}]",
                "[{\"fromBlock\":-1}]",
                "[{\"fromBlock\":1e3}]",
                "[{\"fromBlock\":1.0}]",
                "[{\"fromBlock\":true}]",
                "[{\"fromBlock\":[\"0x1\"]}]",
                "[{\"fromBlock\":{\"blockNumber\":\"0x1\"}}]",
                "[{\"toBlock\":\"newest\"}]",
                "[{\"blockHash\":\"0x1\"}]",
                "[{\"blockHash\":[\"0x1\"]}]",
                "[{\"blockHash\":\"latest\"}]",
                "[\"{\\\"fromBlock\\\":\\\"0x1\\\"}\"]",
                "[[{\"fromBlock\":\"0x1\"}]]",
                "[1]",
                "{\"filter\":{\"fromBlock\":\"0x1\"}}",
                "{\"fromBlock\":\"0x1\"}"
            })
    void whatNodesMayReadInAnotherWayIsRefused(String params) {
        assertThat(decided("eth_getLogs", params)).startsWith("unclear");
    }

    @Test
    void withoutACapOnBlocksEveryRangeIsTheNodesToJudge() {
        var rules = rules(new LogCaps(null, null, null, 20L));

        for (String params :
                List.of("[{\"fromBlock\":\"earliest\"}]", "[{\"FROMBLOCK\":\"0x1\"}]", "{}", "[\"{}\"]", ""))
            assertThat(LogDecision.of(LogMethod.LOGS, read("eth_getLogs", params), rules, HEIGHTS))
                    .isInstanceOf(LogDecision.Allowed.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"address":"0x1"}                                     | allowed ?-1000
            {"address":["0x1","0x2","0x3"]}                       | allowed ?-1000
            {"address":["0x1","0x2","0x3","0x4"]}                 | named 4 addresses
            {"address":[["0x1","0x2"],["0x3","0x4"]]}             | named 4 addresses
            {"address":["0x1","0x2"],"Address":["0x3","0x4"]}     | named 4 addresses
            {"addre\\u0073s":["0x1","0x1","0x1","0x1"]}           | named 4 addresses
            {"address":[1,2,3,true,null]}                         | named 4 addresses
            {"address":null}                                      | allowed ?-1000
            {"topics":[null,["0x1","0x2"],[],["0x3","0x4"]]}      | allowed ?-1000
            {"topics":[["0x1","0x2","0x3"],["0x4"],"0x5"]}        | named 5 topics
            {"topics":["0x1","0x2"],"TOPICS":["0x1","0x2","0x3"]} | named 5 topics
            """)
    void addressesAndTopicsAreCountedHoweverTheyAreWritten(String filter, String expected) {
        assertThat(decided("eth_getLogs", "[" + filter + "]")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            erigon_getLogs       | [{"fromBlock":"0x1"}]               | blocks 1-100
            bor_getLogs          | [{"fromBlock":"0x1"}]               | blocks 1-100
            cfx_getLogs          | [{"fromEpoch":"0x1"}]               | unclear expected no other names than fromBlock, toBlock, blockHash, address and topics
            eth_getLogs          | [{"fromEpoch":"0x1"}]               | allowed ?-1000
            erigon_getLatestLogs | [{}]                                | blocks 0-99
            trace_filter         | [{}]                                | blocks 0-99
            trace_filter         | [{"fromBlock":"0x3e8","fromAddress":["0x1","0x2"],"toAddress":["0x3","0x4"]}] | named 4 addresses
            trace_filter         | [{"fromBlock":"0x3e8","after":5,"count":5}] | allowed 1000-1000
            eth_newFilter        | [{"fromBlock":"0x1"}]               | blocks 1-100
            eth_getFilterLogs    | ["0x1"]                             | allowed any
            erigon_getLogsByHash | ["HASH"]                            | allowed any
            eth_getLogs          | []                                  | allowed ?-1000
            eth_getLogs          | [null]                              | allowed ?-1000
            eth_getLogs          | ''                                  | allowed ?-1000
            """)
    void twinsAreJudgedAlike(String method, String params, String expected) {
        assertThat(decided(method, params.replace("HASH", HASH))).isEqualTo(expected);
    }

    @Test
    void aFilterWithoutABeginningBeginsEarlyWhereANodeTakesItSo() {
        var heights = new ChainHeights(1_000, Height.exactly(980), Height.exactly(950), 10, true);

        assertThat(shown(LogDecision.of(LogMethod.LOGS, read("eth_getLogs", "[{}]"), rules(CAPS), heights)))
                .isEqualTo("blocks 0-99");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                            | allowed
            {"fromBlock":"latest"}                        | allowed
            {"fromBlock":"pending","toBlock":"latest"}    | allowed
            {"fromBlock":"0x1","toBlock":"0x64"}          | allowed
            {"fromBlock":"0x1","toBlock":"0x65"}          | blocks 1-100
            {"fromBlock":"0x1"}                           | blocks 1-100
            {"fromBlock":"0x1","toBlock":"safe"}          | not known SAFE
            {"fromBlock":"safe"}                          | not known SAFE
            {"fromBlock":"finalized","toBlock":"safe"}    | not known FINALIZED
            """)
    void beforeAnythingIsKnownOfTheChainNoMoreIsAllowed(String filter, String expected) {
        LogDecision decision = LogDecision.of(
                LogMethod.LOGS, read("eth_getLogs", "[" + filter + "]"), rules(CAPS), ChainHeights.UNKNOWN);

        assertThat(shown(decision)).startsWith(expected);
    }

    /// What clients were shown is behind after a while.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"fromBlock":"finalized"}                     | allowed ?-1000
            {"fromBlock":"safe","toBlock":"finalized"}    | allowed ?-1000
            {"fromBlock":"earliest","toBlock":"finalized"}| not known FINALIZED
            {"fromBlock":"0x352","toBlock":"finalized"}   | not known FINALIZED
            {"fromBlock":"0x352","toBlock":"safe"}        | not known SAFE
            {"fromBlock":"0x38e","toBlock":"safe"}        | allowed 910-1000
            {"fromBlock":"0x3a0","toBlock":"0x3a1"}       | allowed 928-929
            """)
    void whatATagMeantBeforeIsNoMoreThanAFloor(String filter, String expected) {
        var heights = new ChainHeights(1_000, Height.atLeast(920), Height.atLeast(910), 10, false);

        assertThat(shown(LogDecision.of(LogMethod.LOGS, read("eth_getLogs", "[" + filter + "]"), rules(CAPS), heights)))
                .isEqualTo(expected);
    }

    @Test
    void aTagThatIsLearnedDecides() {
        ChainHeights before = new ChainHeights(1_000, Height.atLeast(-1), Height.atLeast(10), 10, false);
        LogQuery query = read("eth_getLogs", "[{\"fromBlock\":\"finalized\"}]");

        assertThat(LogDecision.of(LogMethod.LOGS, query, rules(CAPS), before))
                .isEqualTo(new LogDecision.NotKnown(Tag.FINALIZED));
        assertThat(shown(LogDecision.of(LogMethod.LOGS, query, rules(CAPS), before.with(Tag.FINALIZED, 900))))
                .isEqualTo("blocks 900-999");
        assertThat(shown(LogDecision.of(LogMethod.LOGS, query, rules(CAPS), before.with(Tag.FINALIZED, 960))))
                .isEqualTo("allowed 960-1000");
    }

    /// Whatever is allowed, no reader that real nodes have goes through more blocks for it.
    @Test
    void noSpellingAsksForMoreBlocksThanAreCounted() {
        var rules = rules(new LogCaps(100L, null, null, null));
        Property.holds(30_000, any -> {
            String params = params(any);
            LogDecision decision = LogDecision.of(LogMethod.LOGS, read("eth_getLogs", params), rules, HEIGHTS);

            if (!(decision instanceof LogDecision.Allowed)) return;
            for (NodeReader reader : NodeReader.values()) {
                assertThat(reader.blocks(params, HEIGHTS.head()))
                        .as("%s reads %s", reader, params)
                        .isBetween(0L, 111L);
            }
        });
    }

    private static String params(Generator any) {
        var members = new ArrayList<String>();
        for (String name : any.list(0, 4, () -> any.oneOf("fromBlock", "toBlock", "blockHash", "address"))) {
            members.add(name(any, name) + ":" + value(any));
        }
        String filter = "{" + String.join(any.oneOf(",", " , "), members) + "}";
        return any.oneOf("[", "[ ") + filter + any.oneOf("]", ",{}]", " ]");
    }

    private static String name(Generator any, String name) {
        return '"'
                + any.oneOf(
                        name,
                        name,
                        name,
                        name.toUpperCase(Locale.ROOT),
                        name.toLowerCase(Locale.ROOT),
                        name.replace("k", "\u212a"),
                        "\\u00" + Integer.toHexString(name.charAt(0)) + name.substring(1))
                + '"';
    }

    private static String value(Generator any) {
        String number = Long.toHexString(any.between(850, 1_100));
        return any.oneOf(
                "\"0x" + number + "\"",
                "\"0x" + number + "\"",
                "\"0X00" + number + "\"",
                "\"" + any.between(0, 1_100) + "\"",
                Long.toString(any.between(0, 1_100)),
                "\"earliest\"",
                "\"latest\"",
                "\"Earliest\"",
                "\"finalized\"",
                "\"pending\"",
                "null",
                "\"\"",
                "{}",
                "\"" + HASH + "\"",
                "\"\\u0065arliest\"");
    }

    private static String decided(String method, String params) {
        return shown(LogDecision.of(LogMethod.of(method), read(method, params), rules(CAPS), HEIGHTS));
    }

    private static LogQuery read(String method, String params) {
        return LogQuery.read(LogMethod.of(method), params.isEmpty() ? Slice.NONE : Slice.of(params));
    }

    private static LogRules rules(LogCaps caps) {
        return new LogRules(List.of(new LogRules.Place("policy.logs", caps)));
    }

    private static String shown(@Nullable LogDecision decision) {
        return switch (decision) {
            case LogDecision.Allowed(var span) ->
                span.equals(BlockSpan.ANY) ? "allowed any" : "allowed " + from(span) + "-" + span.to();
            case LogDecision.Unclear(var why) -> "unclear " + why;
            case LogDecision.TooManyNamed(var rule, var named) ->
                "named " + named + " " + rule.cap().word();
            case LogDecision.TooManyBlocks(var _, var _, var span) -> "blocks " + span.from() + "-" + span.to();
            case LogDecision.NotKnown(var tag) -> "not known " + tag;
            case null -> "nothing";
        };
    }

    private static String from(BlockSpan span) {
        return span.hasFrom() ? Long.toString(span.from()) : "?";
    }
}
