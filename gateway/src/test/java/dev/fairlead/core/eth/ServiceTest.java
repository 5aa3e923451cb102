package dev.fairlead.core.eth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            eth_blockNumber,           BASIC
            eth_getBlockByNumber,      BASIC
            net_version,               BASIC
            web3_clientVersion,        BASIC
            eth_getTransactionByHash,  TRANSACTIONS
            eth_getTransactionReceipt, TRANSACTIONS
            eth_getBlockReceipts,      TRANSACTIONS
            eth_getBalance,            STATE
            eth_getTransactionCount,   STATE
            eth_getProof,              STATE
            eth_call,                  EXECUTION
            eth_estimateGas,           EXECUTION
            eth_simulateV1,            EXECUTION
            eth_getLogs,               LOGS
            eth_getFilterLogs,         LOGS
            erigon_getLogs,            LOGS
            debug_traceCall,           TRACES
            trace_filter,              TRACES
            trace_strange,             TRACES
            eth_gasPrice,              FEES
            eth_feeHistory,            FEES
            txpool_content,            POOL
            eth_pendingTransactions,   POOL
            eth_sendRawTransaction,    SUBMISSIONS
            foo_sendThing,             SUBMISSIONS
            zks_getBlockDetails,       OTHER
            nonsense,                  OTHER
            """)
    void everyMethodNeedsOneService(String method, Service service) {
        assertThat(MethodTable.of(method).service()).isEqualTo(service);
    }
}
