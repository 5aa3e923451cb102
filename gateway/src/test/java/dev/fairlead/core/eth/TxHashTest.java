package dev.fairlead.core.eth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Slice;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import org.web3j.utils.Numeric;

class TxHashTest {
    private static final Credentials KEY = Credentials.create("0x" + "46".repeat(32));
    private static final String TO = "0x" + "35".repeat(20);

    @ParameterizedTest
    @CsvSource({
        "0xc0010203, true",
        "0x01c0c0, true",
        "0x02c0c0, true",
        "0x03c20102, true",
        "0x04c0c0, true",
        "0x05c0c0, false",
        "0x64c0c0, false",
        "0x7bc0c0, false",
        "0x7801c0, false"
    })
    void ofOtherTypesTheirChainDecidesWhatTheHashIs(String raw, boolean certain) {
        assertThat(TxHash.isCertain(Slice.of("[\"" + raw + "\"]"))).isEqualTo(certain);
    }

    @Test
    void aZkSyncTransactionIsNotKnownByTheHashOfItsBytes() {
        assertThat(TxHash.ofSubmission(Slice.of("[\"0x71c0c0\"]"))).isNull();
    }

    @Test
    void theExampleOfEip155HasItsHash() {
        String raw = "0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a0"
                + "28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a0"
                + "67cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83";

        assertThat(TxHash.ofSubmission(Slice.of("[\"" + raw + "\"]")))
                .isEqualTo("0x33469b22e9f636356c4160a87eb19df52b7412e8eac32a4a55ffe88ea8350788");
    }

    @Test
    void aTransactionOfType2IsHashedWhole() {
        var transaction = RawTransaction.createTransaction(
                1, BigInteger.ONE, BigInteger.valueOf(21_000), TO, BigInteger.TEN, "", BigInteger.ONE, BigInteger.TWO);
        byte[] signed = TransactionEncoder.signMessage(transaction, KEY);

        assertThat(hash(signed)).isEqualTo(Numeric.toHexString(Hash.sha3(signed)));
    }

    @Test
    void blobsAndProofsAreNotPartOfTheHash() {
        byte[] body = rlp(list(number(1), number(7), list(), number(9)));
        RlpType blobs = list(bytes(131_072));
        RlpType commitments = list(bytes(48));
        RlpType proofs = list(bytes(48));
        byte[] signed = typed(body);

        byte[] withSidecar = typed(rlp(list(inner(), blobs, commitments, proofs)));
        byte[] withCellProofs = typed(rlp(list(inner(), number(1), blobs, commitments, proofs)));

        String expected = Numeric.toHexString(Hash.sha3(signed));
        assertThat(hash(signed)).isEqualTo(expected);
        assertThat(hash(withSidecar)).isEqualTo(expected);
        assertThat(hash(withCellProofs)).isEqualTo(expected);
    }

    @Test
    void everyCutOfABlobTransactionIsAnsweredWithoutFailing() {
        byte[] whole = typed(rlp(list(inner(), list(bytes(300)), list(bytes(48)), list(bytes(48)))));

        for (int length = 2; length < whole.length; length++) {
            String hash = hash(Arrays.copyOf(whole, length));
            assertThat(hash == null || hash.length() == 66).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "[null]",
                "[1]",
                "[\"\"]",
                "[\"0x\"]",
                "[\"0xf\"]",
                "[\"f86c\"]",
                "[\"0xzz00\"]",
                "[\"0x8000\"]",
                "[\"0xbf00\"]",
                "[\"0x03\"]",
                "[\"0x0300\"]",
                "[\"0x03f8\"]",
                "[\"0x03ffffffffffffffffff\"]",
                "[\"0x03c1ff\"]",
                "[\"0x03c2ffff\"]",
                "[\"0x03cafbffffffffffffffff\"]",
                "[{\"from\":\"0x00\"}]"
            })
    void paramsWithoutARawTransactionHaveNoHash(String params) {
        assertThat(TxHash.ofSubmission(Slice.of(params))).isNull();
    }

    private static @Nullable String hash(byte[] raw) {
        return TxHash.ofSubmission(Slice.of("[\"" + Numeric.toHexString(raw) + "\"]"));
    }

    private static RlpList inner() {
        return list(number(1), number(7), list(), number(9));
    }

    private static byte[] typed(byte[] rlp) {
        byte[] raw = new byte[rlp.length + 1];
        raw[0] = 3;
        System.arraycopy(rlp, 0, raw, 1, rlp.length);
        return raw;
    }

    private static byte[] rlp(RlpList list) {
        return RlpEncoder.encode(list);
    }

    private static RlpList list(RlpType... values) {
        return new RlpList(List.of(values));
    }

    private static RlpType number(long value) {
        return RlpString.create(value);
    }

    private static RlpType bytes(int length) {
        return RlpString.create(new byte[length]);
    }
}
