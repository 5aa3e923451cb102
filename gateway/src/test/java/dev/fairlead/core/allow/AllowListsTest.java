package dev.fairlead.core.allow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Slice;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListsTest {
    private static final String MINE = "0x00000000219ab540356cbb839cbe05303d7705fa";
    private static final String OTHER = "0x1111111111111111111111111111111111111111";
    private static final CallScope SCOPE = Objects.requireNonNull(CallScope.of(addresses(MINE)));

    /// `M` stands for a contract on the list, `O` for another one.
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            eth_call;                [{"to":"M","data":"0x12"},"latest"]
            eth_call;                [{"data":"0x12","to":"M"}]
            eth_call;                [ { "to" : "M" } , "latest", null ]
            eth_call;                [{"to":"M"},"latest",{}]
            eth_call;                [{"from":"O","to":"M"},"latest"]
            eth_call;                [{"to":"0x00000000219AB540356CBB839CBE05303D7705FA"},"latest"]
            eth_call;                [{"to":"0X00000000219ab540356cbb839cbe05303d7705fa"},"latest"]
            eth_call;                [{"\\u0074o":"M"},"latest"]
            eth_call;                [{"top":"O","to":"M"},"latest"]
            eth_estimateGas;         [{"to":"M"}]
            eth_createAccessList;    [{"to":"M"},"latest"]
            eth_getLogs;             [{"address":"M","topics":[["0x1111111111111111111111111111111111111111111111111111111111111111"]]}]
            eth_getLogs;             [{"topics":[],"address":["M","M"]}]
            eth_newFilter;           [{"address":["M"]}]
            eth_getBalance;          ["M","latest"]
            eth_getCode;             ["M","latest"]
            eth_getStorageAt;        ["M","0x0","latest"]
            eth_getTransactionCount; ["M","pending"]
            eth_getProof;            ["M",["0x0"],"latest"]
            eth_blockNumber;         []
            eth_getBlockByNumber;    ["latest",true]
            eth_getTransactionReceipt; ["0x1111111111111111111111111111111111111111111111111111111111111111"]
            eth_getFilterChanges;    ["0x1"]
            alchemy_getTokenBalances; ["M"]
            eth_subscribe;           ["newHeads"]
            eth_subscribe;           ["logs",{"address":"M"}]
            """)
    void whatIsAboutContractsOnTheListPasses(String method, String params) {
        assertThat(objection(method, params)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            eth_call;                [{"to":"O"},"latest"]
            ETH_CALL;                [{"to":"O"},"latest"]
            eth_call;                [{"to":"M","to":"O"},"latest"]
            eth_call;                [{"to":"O","to":"M"},"latest"]
            eth_call;                [{"to":"M","to":"M"},"latest"]
            eth_call;                [{"to":"M","TO":"O"},"latest"]
            eth_call;                [{"To":"M"},"latest"]
            eth_call;                [{"to":"M","\\u0074o":"O"},"latest"]
            eth_call;                [{"to":"M","\\u0054\\u006f":"O"},"latest"]
            eth_call;                [{"\\u0074o":"O"},"latest"]
            eth_call;                [{"data":"0x6001"},"latest"]
            eth_call;                [{"to":null,"data":"0x6001"},"latest"]
            eth_call;                [{"to":""},"latest"]
            eth_call;                [{"to":"0x"},"latest"]
            eth_call;                [{"to":["M"]},"latest"]
            eth_call;                [{"to":"M "},"latest"]
            eth_call;                [{"to":"00000000219ab540356cbb839cbe05303d7705fa"},"latest"]
            eth_call;                [{"to":"M00"},"latest"]
            eth_call;                []
            eth_call;                null
            eth_call;                ["M"]
            eth_call;                {"to":"M"}
            eth_call;                [[{"to":"M"}]]
            eth_call;                [{"to":"M"},"latest",{"M":{"code":"0x60"}}]
            eth_call;                [{"to":"M"},"latest",["x"]]
            eth_estimateGas;         [{"to":"O"}]
            eth_estimateGas;         [{"data":"0x"}]
            eth_estimateGas;         [{"to":"M"},"latest",{"M":{"code":"0x60"}}]
            eth_createAccessList;    [{"to":"O"}]
            eth_getLogs;             [{"address":"O"}]
            eth_getLogs;             [{"address":["M","O"]}]
            eth_getLogs;             [{"address":[["M"]]}]
            eth_getLogs;             [{"address":[]}]
            eth_getLogs;             [{"address":null}]
            eth_getLogs;             [{"fromBlock":"0x0"}]
            eth_getLogs;             [{"blockHash":"0x11","topics":[]}]
            eth_getLogs;             [{}]
            eth_getLogs;             []
            eth_getLogs;             [{"address":"M","Address":"O"}]
            eth_getLogs;             [{"address":"M","addreſs":"O"}]
            eth_getLogs;             [{"address":"M","addresses":["O"]}]
            eth_newFilter;           [{"address":"O"}]
            eth_newFilter;           [{}]
            eth_getBalance;          ["O","latest"]
            eth_getCode;             ["O","latest"]
            eth_getStorageAt;        ["O","0x0","latest"]
            eth_getTransactionCount; ["O","latest"]
            eth_getProof;            ["O",[],"latest"]
            eth_getBalance;          [null]
            eth_getBalance;          [{"address":"M"}]
            eth_sendRawTransaction;  ["0x02f8"]
            eth_sendRawTransaction;  []
            eth_simulateV1;          [{"blockStateCalls":[]},"latest"]
            eth_callMany;            [[],"latest"]
            debug_traceCall;         [{"to":"M"},"latest",{}]
            trace_call;              [{"to":"M"},["trace"],"latest"]
            trace_filter;            [{}]
            alchemy_getTokenBalances; ["O"]
            alchemy_getTokenBalances; ["1111111111111111111111111111111111111111"]
            alchemy_getTokenBalances; ["\\u0030x1111111111111111111111111111111111111111"]
            eth_getStorageValues;    [{"O":["0x0"]},"latest"]
            eth_subscribe;           ["logs"]
            eth_subscribe;           ["logs",{"address":"O"}]
            foo_bar;                 {"a":{"b":["O"]}}
            """)
    void whatIsOrMayBeAboutOtherContractsIsRefused(String method, String params) {
        assertThat(objection(method, params)).isNotNull();
    }

    @Test
    void hugeParamsCostNoMoreThanTheirLength() {
        String many = "[" + String.join(",", Collections.nCopies(100_000, "\"" + MINE + "\"")) + "]";

        assertThat(objection("eth_getLogs", "[{\"address\":" + many + "}]")).contains("at most 1000");
        assertThat(objection("foo_bar", many)).isNull();
        assertThat(objection("foo_bar", "[" + many + ",\"" + OTHER + "\"]")).contains(OTHER);
    }

    @Test
    void ofSeveralListsEachCounts() {
        CallScope both = Objects.requireNonNull(
                CallScope.of(addresses(MINE, OTHER), new AllowLists(List.of("eth_*"), Set.of(), List.of(), List.of())));

        assertThat(both.objection("eth_getBalance", Slice.of("[\"" + OTHER + "\"]")))
                .isNull();
        assertThat(both.objection("net_version", Slice.of("[]"))).isNotNull();
        assertThat(Objects.requireNonNull(CallScope.of(addresses(MINE), addresses(OTHER)))
                        .objection("eth_getBalance", Slice.of("[\"" + OTHER + "\"]")))
                .contains(OTHER);
        assertThat(CallScope.of(AllowLists.NONE)).isNull();
    }

    @Test
    void aSignedTransactionGoesToAContractOnTheList() {
        assertThat(objection("eth_sendRawTransaction", raw("94" + MINE.substring(2))))
                .isNull();
        assertThat(objection("eth_sendRawTransaction", raw("94" + OTHER.substring(2))))
                .contains(OTHER);
        assertThat(objection("eth_sendRawTransaction", raw("80"))).contains("makes a contract");
    }

    /// Of the first kind: nonce 0, price 1, gas 21000, no value, no data, a signature of chain 1.
    private static String raw(String to) {
        String fields = "8001825208" + to + "8080" + "25" + "a0" + "11".repeat(32) + "a0" + "22".repeat(32);
        return "[\"0xf8%02x%s\"]".formatted(fields.length() / 2, fields);
    }

    @ParameterizedTest
    @CsvSource({"MyApp/1.2, true", "myapp/1, true", "MyApp, false", "Mozilla MyApp/1, false", ", false"})
    void agentsAreToldByTheirNames(@Nullable String agent, boolean fits) {
        var lists = new AllowLists(List.of(), Set.of(), List.of(), List.of("MyApp/*"));

        assertThat(lists.objection(null, agent) == null).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void originAndAgentMustBothFit(boolean isAgentRight) {
        var good = (OriginPattern.Parsed.Good) OriginPattern.parse("https://*.example.org");
        var lists = new AllowLists(List.of(), Set.of(), List.of(good.pattern()), List.of("MyApp/*", "curl/*"));
        String agent = isAgentRight ? "curl/8" : "wget/1";

        assertThat(lists.objection("https://a.example.org", agent) == null).isEqualTo(isAgentRight);
        assertThat(lists.objection(null, agent)).contains("no Origin");
        assertThat(lists.objection("https://evil.test", agent)).contains("origin");
    }

    private static @Nullable String objection(String method, String params) {
        String filled = params.replace("\"M", "\"" + MINE).replace("\"O\"", "\"" + OTHER + "\"");
        return SCOPE.objection(method, Slice.of(filled));
    }

    private static AllowLists addresses(String... addresses) {
        List<ContractAddress> read = Stream.of(addresses)
                .map(text -> Objects.requireNonNull(ContractAddress.parse(text)))
                .toList();
        return new AllowLists(List.of(), Set.copyOf(read), List.of(), List.of());
    }
}
