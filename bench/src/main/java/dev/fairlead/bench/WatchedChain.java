package dev.fairlead.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/// A chain that exists only as far as somebody looks: its height follows from the clock, and a block from its height.
///
/// @param transactions how many hashes of transactions each block lists, which is most of its size
record WatchedChain(long id, Duration blockTime, int transactions, Instant born) {
    private static final long FIRST = 1_000_000;

    long height(Instant now) {
        return FIRST + Duration.between(born, now).toMillis() / blockTime.toMillis();
    }

    /// The block as go-ethereum writes it: members by the alphabet, `transactions` after everything a prober needs.
    byte[] block(long number) {
        var text = new StringBuilder(2048 + 70 * transactions)
                .append("{\"baseFeePerGas\":\"0x3b9aca07\",\"blobGasUsed\":\"0x60000\",\"difficulty\":\"0x0\"")
                .append(",\"excessBlobGas\":\"0x4b80000\",\"extraData\":\"0x6265617665726275696c642e6f7267\"")
                .append(",\"gasLimit\":\"0x2255100\",\"gasUsed\":\"0x10f7b2c\",\"hash\":\"")
                .append(hash(0, number))
                .append("\",\"logsBloom\":\"0x")
                .append("2081".repeat(128))
                .append("\",\"miner\":\"0x4838b106fce9647bdf1e7877bf73ce8b0bad5f97\",\"mixHash\":\"")
                .append(hash(1, number))
                .append("\",\"nonce\":\"0x0000000000000000\",\"number\":\"0x")
                .append(Long.toHexString(number))
                .append("\",\"parentHash\":\"")
                .append(hash(0, number - 1))
                .append("\",\"receiptsRoot\":\"")
                .append(hash(2, number))
                .append("\",\"sha3Uncles\":\"0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347\"")
                .append(",\"size\":\"0x1c5f3\",\"stateRoot\":\"")
                .append(hash(3, number))
                .append("\",\"timestamp\":\"0x")
                .append(Long.toHexString(madeAt(number).getEpochSecond()))
                .append("\",\"transactions\":[");
        for (int i = 0; i < transactions; i++) {
            text.append(i == 0 ? "\"" : ",\"").append(hash(16 + i, number)).append('"');
        }
        return text.append("],\"transactionsRoot\":\"")
                .append(hash(4, number))
                .append("\",\"uncles\":[],\"withdrawalsRoot\":\"")
                .append(hash(5, number))
                .append("\"}")
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
    }

    private Instant madeAt(long number) {
        return number < FIRST ? born : born.plus(blockTime.multipliedBy(number - FIRST));
    }

    private String hash(int kind, long number) {
        return "0x%016x%016x%016x%016x".formatted(id, kind, number * 0x9E3779B97F4A7C15L, number);
    }
}
