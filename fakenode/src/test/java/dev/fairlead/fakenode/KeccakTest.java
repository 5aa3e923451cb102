package dev.fairlead.fakenode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeccakTest {
    @ParameterizedTest
    @CsvSource({
        "'', 0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
        "abc, 0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
        "'Transfer(address,address,uint256)', 0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
        "'The quick brown fox jumps over the lazy dog', 0x4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15"
    })
    void agreesWithPublishedHashes(String message, String expected) {
        assertThat(hash(message)).isEqualTo(expected);
    }

    @Test
    void agreesWithGethAcrossTheBlockBoundary() {
        // RLP of an empty list, the hash of no uncles, and a message of exactly one block of 136 bytes.
        assertThat(Hex.data(Keccak.hash(new byte[] {(byte) 0xc0})))
                .isEqualTo("0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347");
        assertThat(hash("a".repeat(135)))
                .isEqualTo("0x34367dc248bbd832f4e3e69dfaac2f92638bd0bbd18f2912ba4ef454919cf446");
        assertThat(hash("a".repeat(136)))
                .isEqualTo("0xa6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e");
        assertThat(hash("a".repeat(137)))
                .isEqualTo("0xd869f639c7046b4929fc92a4d988a8b22c55fbadb802c0c66ebcd484f1915f39");
    }

    private static String hash(String message) {
        return Hex.data(Keccak.hash(message.getBytes(StandardCharsets.UTF_8)));
    }
}
