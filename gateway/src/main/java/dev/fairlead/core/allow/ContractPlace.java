package dev.fairlead.core.allow;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.Method.Kind;
import dev.fairlead.core.eth.MethodFamily;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Where a method names the contracts that it is about. What is in no table here is not known, and that is not
/// taken for naming none.
sealed interface ContractPlace {
    record Account(int index) implements ContractPlace {}

    /// `to` of an object, which nothing may stand behind but a block.
    record Receiver() implements ContractPlace {}

    /// `address` of a filter for logs.
    record Filter() implements ContractPlace {}

    /// Of `eth_subscribe`: a filter where logs are meant.
    record Subscription() implements ContractPlace {}

    /// The names of an object's members: `{"0x…": ["0x0"]}`.
    record Names() implements ContractPlace {}

    /// Signed transactions, each with its recipient.
    record Signed() implements ContractPlace {}

    /// It tells of blocks, transactions and the node, as everybody may see them. None of these runs code that
    /// its params bring, or shows what contracts hold: their code, storage and balances.
    record Nowhere() implements ContractPlace {}

    /// It runs code, or shows what contracts hold, of whichever a block or transaction touched: which contracts
    /// that reaches cannot be told from what it names.
    record Anywhere() implements ContractPlace {}

    record Unknown() implements ContractPlace {}

    static ContractPlace of(Method method) {
        return Tables.of(method);
    }

    /// Methods by their names in small letters. Vendors have twins of the standard's methods, `klay_getLogs`,
    /// so that the namespace does not count, except where methods of other kinds have the same names:
    /// `trace_call`.
    final class Tables {
        private static final Map<String, ContractPlace> TWINS = new HashMap<>();
        private static final Map<String, ContractPlace> WHOLE = new HashMap<>();
        /// Tracers may be JavaScript, blocks made up by the caller; replays show the storage that they change.
        private static final Pattern REACHES_ALL = Pattern.compile("call|simulat|bundle|estimate|trace_filter|trace_raw"
                + "|^debug_.*trace|replay|accesslist|witness|dump|accountrange|storagerange|balancechanges"
                + "|debug_(db|preimage|code)");
        private static final ContractPlace SIGNED = new Signed();
        private static final ContractPlace ANYWHERE = new Anywhere();
        private static final ContractPlace UNKNOWN = new Unknown();

        static {
            put(TWINS, new Account(0), """
                    getbalance getcode getstorageat gettransactioncount getproof getaccount getaccountinfo
                    gettransactionbysenderandnonce hascode getcontractcreator searchtransactionsbefore
                    searchtransactionsafter iscontractaccount gettokenmetadata""");
            put(TWINS, new Receiver(), """
                    call estimategas createaccesslist sendtransaction signtransaction filltransaction""");
            put(TWINS, new Filter(), "getlogs getlatestlogs newfilter");
            put(TWINS, new Subscription(), "subscribe");
            put(TWINS, new Names(), "getstoragevalues");
            put(TWINS, new Nowhere(), """
                    accounts basefee blobbasefee blocknumber capabilities chainid clientversion coinbase config
                    feehistory gasprice getblobsidecarbytxhash getblobsidecars getblockbyhash getblockbynumber
                    getblockreceipts getblocktransactioncountbyhash getblocktransactioncountbynumber getcompilers
                    getfilterchanges getfilterlogs getheaderbyhash getheaderbynumber getrawtransactionbyblockhashandindex
                    getrawtransactionbyblocknumberandindex getrawtransactionbyhash gettransactionbyblockhashandindex
                    gettransactionbyblocknumberandindex gettransactionbyhash gettransactiondataandreceipt
                    gettransactionreceipt gettransactionreceipts gettransactionreceiptsbyblock
                    gettransactionsbyblocknumber getunclebyblockhashandindex getunclebyblocknumberandindex
                    getunclecountbyblockhash getunclecountbyblocknumber getwork hashrate listening
                    maxpriorityfeepergas mining newblockfilter newpendingtransactionfilter peercount
                    pendingtransactions protocolversion syncing uninstallfilter unsubscribe version
                    cancelprivatetransaction cancelbundle submithashrate submitwork""");
            put(WHOLE, new Nowhere(), """
                    web3_sha3 rpc_modules rpc_discover
                    arb_blockl1num arb_findbatchcontainingblock arb_getl1confirmations
                    bor_getauthor bor_getcurrentproposer bor_getcurrentvalidators bor_getroothash bor_getsigners
                    bor_getsignersathash bor_getsnapshot bor_getsnapshotathash
                    erigon_forks erigon_getblockbytimestamp erigon_getblockreceiptsbyblockhash erigon_nodeinfo
                    optimism_outputatblock optimism_rollupconfig optimism_safeheadatl1block optimism_syncstatus
                    ots_getapilevel ots_getblockdetails ots_getblockdetailsbyhash ots_getblocktransactions
                    ots_getinternaloperations ots_gettransactionerror ots_tracetransaction
                    zks_getbatchfeeinput zks_getblockdetails zks_getbridgecontracts zks_getfeeparams
                    zks_getl1batchblockrange zks_getl1batchdetails zks_getl1gasprice zks_getmaincontract
                    zks_getrawblocktransactions zks_gettransactiondetails zks_l1batchnumber zks_l1chainid
                    debug_getrawblock debug_getrawheader debug_getrawreceipts debug_getrawtransaction
                    trace_block trace_get trace_transaction arbtrace_block arbtrace_get arbtrace_transaction txpool_content txpool_inspect txpool_status""");
            put(WHOLE, new Account(0), "txpool_contentfrom");
            put(WHOLE, new Account(2), "debug_storagerangeat debug_accountat");
        }

        private Tables() {}

        private static void put(Map<String, ContractPlace> table, ContractPlace place, String names) {
            for (String name : names.strip().split("\\s+")) table.put(name, place);
        }

        private static ContractPlace of(Method method) {
            String name = method.name().toLowerCase(Locale.ROOT);
            ContractPlace known = WHOLE.get(name);
            if (known == null && mayBeTwin(method.family())) known = TWINS.get(name.substring(name.indexOf('_') + 1));
            if (known != null) return known;
            if (REACHES_ALL.matcher(name).find()) return ANYWHERE;
            return method.kind() == Kind.SUBMISSION ? SIGNED : UNKNOWN;
        }

        private static boolean mayBeTwin(MethodFamily family) {
            return switch (family) {
                case READING, VENDOR_READING, SUBMISSION, NODE_ACCOUNT, UNKNOWN -> true;
                case RESTRICTED, NODE_ORDER -> false;
            };
        }
    }
}
