package dev.fairlead.core.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogMethodTest {
    @ParameterizedTest
    @CsvSource({
        "eth_getLogs,                LOGS",
        "erigon_getLogs,             LOGS",
        "eth_GETLOGS,                LOGS",
        "ETH_getLogs,                LOGS",
        "eth.getLogs,                LOGS",
        "' eth_getLogs ',            LOGS",
        "bor_getLogs,                LOGS_OF_VENDOR",
        "kaia_getLogs,               LOGS_OF_VENDOR",
        "eth_getLogsAndMore,         LOGS_OF_VENDOR",
        "erigon_getLatestLogs,       LATEST_LOGS",
        "erigon_getLogsByHash,       LOGS_OF_BLOCK",
        "trace_filter,               TRACES",
        "arbtrace_filter,            TRACES",
        "eth_newFilter,              NEW_FILTER",
        "klay_newFilter,             NEW_FILTER",
        "eth_getFilterLogs,          LOGS_OF_FILTER",
        "eth_getFilterChanges,       NOT_OF_LOGS",
        "eth_newBlockFilter,         NOT_OF_LOGS",
        "eth_call,                   NOT_OF_LOGS",
        "eth_blockNumber,            NOT_OF_LOGS",
        "getLogs,                    NOT_OF_LOGS",
        "'',                         NOT_OF_LOGS",
        "eth_,                       NOT_OF_LOGS"
    })
    void aNameTellsInWhatWayLogsAreQueried(String name, LogMethod expected) {
        assertThat(LogMethod.of(name)).isEqualTo(expected);
    }
}
