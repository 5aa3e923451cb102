package dev.fairlead.core.allow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.transaction.SignedVectors;
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
    private static final String DEAD = "0x00000000000000000000000000000000deadbeef";
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
            eth_call;                [{"to":"M"},"latest",{},{"number":"0x1"}]
            klay_getLogs;            [{"address":"M"}]
            kaia_newFilter;          [{"address":["M"]}]
            hmy_getBalance;          ["M"]
            klay_call;               [{"to":"M"},"latest"]
            linea_estimateGas;       [{"to":"M"}]
            kaia_getBlockByNumber;   ["latest",true]
            zks_L1ChainId;           []
            bor_getAuthor;           ["latest"]
            eth_getStorageValues;    [{"M":["0x0"]},"latest"]
            trace_transaction;       ["0x1111111111111111111111111111111111111111111111111111111111111111"]
            arbtrace_block;          ["0x1"]
            debug_storageRangeAt;    ["0x11",0,"M","0x0",10]
            debug_accountAt;         ["0x11",0,"M"]
            eth_call;                [{"to":"M","authorizationList":null},"latest"]
            trace_block;             ["latest"]
            eth_chainId;             []
            eth_feeHistory;          ["0x4","latest",[]]
            web3_sha3;               ["O"]
            net_version;             []
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
            alchemy_getTokenBalances; ["M"]
            alchemy_getTokenBalances; ["vitalik.eth","erc20"]
            alchemy_getAssetTransfers; [{"fromBlock":"0x0"}]
            klay_getLogs;            [{}]
            klay_getLogs;            [{"address":"O"}]
            kaia_getLogs;            [{"address":[]}]
            kaia_newFilter;          [{}]
            klay_newFilter;          [{"fromBlock":"0x0"}]
            hmy_newFilter;           [{}]
            arb_getLogs;             [{}]
            xdpos_getLogs;           [{}]
            KLAY_GETLOGS;            [{}]
            zks_getLogsWithVirtualBlocks; [{"address":"M"}]
            erigon_getLatestLogs;    [{}]
            erigon_getLogsByHash;    ["0x1111111111111111111111111111111111111111111111111111111111111111"]
            erigon_getBalanceChangesInBlock; ["latest"]
            cfx_getLogs;             [{"address":"cfx:aarc9abycue0hhzgyrr53m6cxedgccrmmyybjgh4xg"}]
            cfx_getCode;             ["cfx:aarc9abycue0hhzgyrr53m6cxedgccrmmyybjgh4xg"]
            hmy_getBalance;          ["one1q9n2k6v6aj0w3ajhkl3h6rrnv7h5jpevjkhfrq"]
            hmy_getBalanceByBlockNumber; ["one1q9n2k6v6aj0w3ajhkl3h6rrnv7h5jpevjkhfrq","0x1"]
            zks_getProof;            ["0x0000000000000000000000001111111111111111111111111111111111111111",["0x0"],1]
            zks_getBytecodeByHash;   ["0x00"]
            klay_createAccessList;   [{"to":"M"},"latest",{"M":{"code":"0x00"}}]
            kaia_createAccessList;   [{"data":"0x6000"},"latest"]
            klay_call;               [{"to":"O"},"latest"]
            eth_call;                [{"to":"M"},"latest",null,null,{"M":{"code":"0x"}}]
            eth_getStorageValues;    [{},"latest"]
            eth_getStorageValues;    [{"vitalik.eth":["0x0"]},"latest"]
            eth_sendUserOperation;   [{"sender":"M","callData":"0xb61d27f6"},"M"]
            pimlico_sendUserOperationNow; [{"sender":"M"},"M"]
            mev_sendBundle;          [{"body":[{"hash":"0x11"}]}]
            eth_sendBundle;          [{"txs":[],"blockNumber":"0x1"}]
            txpool_contentFrom;      ["O"]
            trace_getLogs;           [{"address":"M"}]
            debug_accountRange;      ["latest","0x",1,false,false,false]
            foo_bar;                 []
            debug_traceTransaction;  ["0x1111111111111111111111111111111111111111111111111111111111111111",{"tracer":"{fault:function(){}}"}]
            debug_traceTransaction;  ["0x1111111111111111111111111111111111111111111111111111111111111111",{"tracer":"prestateTracer"}]
            debug_traceTransaction;  ["0x1111111111111111111111111111111111111111111111111111111111111111"]
            DEBUG_TRACETRANSACTION;  []
            debug_traceBlock;        ["0xf90200c0c0c0",{"tracer":"callTracer"}]
            debug_traceBlockByNumber; ["latest",{}]
            debug_traceBlockByHash;  ["0x11"]
            debug_traceBadBlock;     ["0x11"]
            debug_traceChain;        ["0x1","0x2"]
            debug_traceCallMany;     [[],{}]
            trace_replayTransaction; ["0x11",["stateDiff"]]
            trace_replayBlockTransactions; ["latest",["vmTrace"]]
            arbtrace_replayTransaction; ["0x11",["stateDiff"]]
            trace_rawTransaction;    ["0x11",["stateDiff"]]
            eth_getBlockAccessList;  ["latest"]
            eth_getBlockAccessListByBlockHash; ["0x11"]
            debug_executionWitness;  ["latest"]
            debug_dumpBlock;         ["latest"]
            debug_dbGet;             ["0x11"]
            debug_preimage;          ["0x11"]
            debug_codeByHash;        ["0x11"]
            debug_accountAt;         ["0x11",0,"O"]
            eth_call;                [{"to":"M","authorizationList":[{"address":"M"}]},"latest"]
            eth_call;                [{"to":"M","authorizationList":[]},"latest"]
            eth_call;                [{"to":"M","AuthorizationList":[{"address":"M"}]},"latest"]
            eth_estimateGas;         [{"authorizationList":[{}],"to":"M"}]
            eth_sendTransaction;     [{"to":"M","authorizationList":[{"address":"O"}]}]
            eth_subscribe;           ["transactionReceipts"]
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
        assertThat(trusting("foo_bar", many)).isNull();
        assertThat(trusting("foo_bar", "[" + many + ",\"" + OTHER + "\"]")).contains(OTHER);
    }

    /// What a tenant names itself it has judged; all addresses that are seen in it must be listed all the same.
    @Test
    void aMethodThatIsNotKnownPassesWhenTheTenantNamesItInFull() {
        String asked = "[\"" + MINE + "\"]";
        assertThat(objection("alchemy_getTokenBalances", asked)).contains("allowed by its name");
        assertThat(trusting("alchemy_getTokenBalances", asked)).isNull();
        assertThat(trusting("Alchemy_getTokenBalances", asked)).isNull();
        assertThat(trusting("alchemy_*", "alchemy_getTokenBalances", asked)).isNotNull();
        assertThat(trusting("klay_getLogs", "[{}]")).isNotNull();
        assertThat(trusting("eth_callMany", "[[],{}]")).isNotNull();
        assertThat(trusting("debug_traceBlock", "[\"0xf902\"]")).isNotNull();
        assertThat(trusting("debug_dumpBlock", "[\"latest\"]")).isNotNull();
        assertThat(trusting("erigon_getBalanceChangesInBlock", "[\"latest\"]")).isNotNull();
        assertThat(trusting("alchemy_getTokenBalances", asked.replace(MINE, OTHER)))
                .contains(OTHER);

        var token = new AllowLists(
                List.of("alchemy_getTokenBalances", "eth_*"), addresses(MINE).addresses(), List.of(), List.of());
        assertThat(Objects.requireNonNull(CallScope.of(token))
                        .objection(MethodTable.of("alchemy_getTokenBalances"), Slice.of(asked)))
                .isNull();
        assertThat(Objects.requireNonNull(CallScope.of(addresses(MINE), token))
                        .objection(MethodTable.of("alchemy_getTokenBalances"), Slice.of(asked)))
                .isNotNull();
    }

    private static @Nullable String trusting(String method, String params) {
        return trusting(method, method, params);
    }

    private static @Nullable String trusting(String opened, String method, String params) {
        return said(Objects.requireNonNull(CallScope.of(addresses(MINE).opening(List.of(opened))))
                .objection(MethodTable.of(method), Slice.of(params)));
    }

    @Test
    void ofSeveralListsEachCounts() {
        CallScope both = Objects.requireNonNull(
                CallScope.of(addresses(MINE, OTHER), new AllowLists(List.of("eth_*"), Set.of(), List.of(), List.of())));

        assertThat(both.objection(MethodTable.of("eth_getBalance"), Slice.of("[\"" + OTHER + "\"]")))
                .isNull();
        assertThat(both.objection(MethodTable.of("net_version"), Slice.of("[]")))
                .isNotNull();
        CallScope apart = Objects.requireNonNull(CallScope.of(addresses(MINE), addresses(OTHER)));
        assertThat(said(apart.objection(MethodTable.of("eth_getBalance"), Slice.of("[\"" + OTHER + "\"]"))))
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

    /// It gives an account the code of another contract for good.
    @Test
    void whatATransactionLendsIsOfAContractOnTheListToo() {
        CallScope recipient = Objects.requireNonNull(CallScope.of(addresses(DEAD)));
        CallScope both = Objects.requireNonNull(CallScope.of(addresses(DEAD, MINE)));
        Method send = MethodTable.of("eth_sendRawTransaction");

        for (String name : List.of("lent-here", "lent-everywhere", "lent-by-nobody")) {
            Slice params = Slice.of("[\"" + SignedVectors.hex(name) + "\"]");
            assertThat(said(recipient.objection(send, params))).contains(MINE);
            assertThat(said(both.objection(send, params))).isNull();
        }
        assertThat(said(both.objection(send, Slice.of("[\"" + SignedVectors.hex("lent-by-two") + "\"]"))))
                .contains(OTHER);
    }

    @Test
    void aTransactionBehindTheOneThatIsSeenIsRefused() {
        String seen = raw("94" + MINE.substring(2));
        String hidden = raw("94" + OTHER.substring(2));

        assertThat(objection("eth_sendRawTransaction", seen.replace("]", ",{\"x\":1}]")))
                .isNull();
        assertThat(objection("eth_sendRawTransaction", seen.replace("]", "," + hidden + "]")))
                .isNotNull();
        assertThat(objection("eth_sendRawTransaction", seen.replace("]", ",{\"x\":" + hidden + "}]")))
                .isNotNull();
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

        assertThat(said(lists, null, agent) == null).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void originAndAgentMustBothFit(boolean isAgentRight) {
        var good = (OriginPattern.Parsed.Good) OriginPattern.parse("https://*.example.org");
        var lists = new AllowLists(List.of(), Set.of(), List.of(good.pattern()), List.of("MyApp/*", "curl/*"));
        String agent = isAgentRight ? "curl/8" : "wget/1";

        assertThat(said(lists, "https://a.example.org", agent) == null).isEqualTo(isAgentRight);
        assertThat(said(lists, null, agent)).contains("no Origin");
        assertThat(said(lists, "https://evil.test", agent)).contains("origin");
    }

    private static @Nullable String objection(String method, String params) {
        String filled = params.replace("\"M", "\"" + MINE).replace("\"O\"", "\"" + OTHER + "\"");
        return said(SCOPE.objection(MethodTable.of(method), Slice.of(filled)));
    }

    private static @Nullable String said(AllowLists lists, @Nullable String origin, @Nullable String agent) {
        return said(lists.objection(origin, agent));
    }

    private static @Nullable String said(@Nullable ListObjection objection) {
        return objection == null ? null : objection.text();
    }

    private static AllowLists addresses(String... addresses) {
        List<ContractAddress> read = Stream.of(addresses)
                .map(text -> Objects.requireNonNull(ContractAddress.parse(text)))
                .toList();
        return new AllowLists(List.of(), Set.copyOf(read), List.of(), List.of());
    }
}
