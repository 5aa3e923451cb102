package dev.fairlead.core.eth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Property;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.crypto.Hash;

class KeccakTest {
    @ParameterizedTest
    @CsvSource({
        "'',c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
        "abc,4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
        "hello,1c8aff950685c2ed4bc3174f3472287b56d9517b9c948127319a09a7a36deac8",
        "'Transfer(address,address,uint256)',ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
    })
    void knownVectorsComeOut(String input, String hash) {
        assertThat(HexFormat.of().formatHex(Keccak.hash(input.getBytes(UTF_8)))).isEqualTo(hash);
    }

    @Test
    void everyLengthAroundTheBlockSizeAgreesWithWeb3j() {
        for (int length = 0; length <= 300; length++) {
            byte[] input = new byte[length];
            for (int i = 0; i < length; i++) input[i] = (byte) (31 * i + length);

            assertThat(Keccak.hash(input)).isEqualTo(Hash.sha3(input));
        }
    }

    @Test
    void agreesWithWeb3jOnAnyBytes() {
        Property.holds(300, any -> agreesWithWeb3jOnAnyBytes(any.bytes(0, 2000)));
    }

    private void agreesWithWeb3jOnAnyBytes(byte[] input) {
        assertThat(Keccak.hash(input)).isEqualTo(Hash.sha3(input));
    }
}
