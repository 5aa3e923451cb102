package dev.fairlead.core.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.rlp.RlpDecoder;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import org.web3j.utils.Numeric;

class TransactionReaderTest {
    private static final String SENDER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    private static final Credentials KEY =
            Credentials.create("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
    private static final String TO = "0x00000000000000000000000000000000deadbeef";

    record Vector(String name, String hex) {
        byte[] raw() {
            return Numeric.hexStringToByteArray(hex);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> signedByViem() {
        try (var file = TransactionReaderTest.class.getResourceAsStream("signed-by-viem.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" "))
                    .map(line -> new Vector(line[0], line[1]));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Stream<Vector> signedWithoutLists() {
        Set<String> types = Set.of("legacy", "legacy-pre155", "1559", "1559-create");
        return signedByViem().filter(vector -> types.contains(vector.name()));
    }

    @ParameterizedTest
    @MethodSource("signedByViem")
    void everyTypeIsUnderstoodAndItsSenderFound(Vector vector) {
        Transaction read = understood(vector.raw());

        assertThat(SenderRecovery.sender(read)).isEqualTo(SENDER);
        assertThat(read.hash()).isEqualTo(Numeric.toHexString(Hash.sha3(vector.raw())));
        assertThat(read.recipient()).isEqualTo(vector.name().contains("create") ? null : TO);
        assertThat(read.chainId()).isEqualTo(vector.name().contains("pre155") ? null : BigInteger.valueOf(1337));
    }

    @ParameterizedTest
    @CsvSource({
        "7702, 1337 0x00000000000000000000000000000000deadbeef 2 SENDER",
        "lent-here, 1337 CONTRACT 0 AUTHORITY",
        "lent-everywhere, 0 CONTRACT 0 AUTHORITY",
        "lent-elsewhere, 1 CONTRACT 0 AUTHORITY",
        "lent-by-two, 1337 CONTRACT 0 SENDER; 1337 0x1111111111111111111111111111111111111111 7 AUTHORITY",
        "lent-by-nobody, 1337 CONTRACT 0 null",
        "1559, ''"
    })
    void authorizationsAreReadAndWhoSignedThemIsFound(String name, String expected) {
        String read = understood(vector(name)).authorizations().stream()
                .map(one ->
                        one.chainId() + " " + one.delegate() + " " + one.nonce() + " " + SenderRecovery.authority(one))
                .collect(Collectors.joining("; "));

        assertThat(read)
                .isEqualTo(expected.replace("CONTRACT", "0x00000000219ab540356cbb839cbe05303d7705fa")
                        .replace("SENDER", SENDER)
                        .replace("AUTHORITY", "0x70997970c51812dc3a010c7d01b50e0d17dc79c8"));
    }

    /// Nodes do not decode them either: short addresses, numbers with leading zeros, fields too many or too few.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "c0",
                "94ADDRESS",
                "c180",
                "d90193SHORT80800101",
                "da0194ADDRESS00800101",
                "db0194ADDRESS8080010101",
                "d90194ADDRESS808001"
            })
    void anAuthorizationWithOtherFieldsMakesTheTransactionUnreadable(String form) {
        String authorization = form.replace("ADDRESS", "11".repeat(20)).replace("SHORT", "11".repeat(19));
        byte[] signed = vector("7702");
        var fields = new ArrayList<>(((RlpList) rlp(Arrays.copyOfRange(signed, 1, signed.length))).getValues());
        String list = "%02x%s".formatted(0xc0 + authorization.length() / 2, authorization);
        fields.set(9, rlp(Numeric.hexStringToByteArray(list)));

        assertThat(read(typed(4, new RlpList(fields)))).isNull();
    }

    /// A parity that no signature has: nodes decode it, and pass over the authorization.
    @Test
    void anAuthorizationWithAnotherParityHasNoAuthority() {
        byte[] signed = vector("7702");
        var fields = new ArrayList<>(((RlpList) rlp(Arrays.copyOfRange(signed, 1, signed.length))).getValues());
        String authorization = "da" + "01" + "94" + "11".repeat(20) + "80" + "02" + "01" + "01";
        fields.set(9, rlp(Numeric.hexStringToByteArray("db" + authorization)));

        assertThat(understood(typed(4, new RlpList(fields))).authorizations())
                .singleElement()
                .satisfies(one -> assertThat(SenderRecovery.authority(one)).isNull());
    }

    @Test
    void blobsThatTravelWithATransactionArePassedOverInBothForms() {
        byte[] signed = vector("4844-nosidecar");
        RlpType body = rlp(Arrays.copyOfRange(signed, 1, signed.length));
        RlpString blob = RlpString.create(new byte[131_072]);
        RlpString proof = RlpString.create(new byte[48]);
        var of4844 = new RlpList(body, new RlpList(blob), new RlpList(proof), new RlpList(proof));
        var cells = new RlpList(Collections.<RlpType>nCopies(128, proof));
        var of7594 = new RlpList(body, RlpString.create((byte) 1), new RlpList(blob), new RlpList(proof), cells);

        for (RlpList wrapped : List.of(of4844, of7594)) {
            Transaction read = understood(typed(3, wrapped));

            assertThat(SenderRecovery.sender(read)).isEqualTo(SENDER);
            assertThat(read.hash()).isEqualTo(Numeric.toHexString(Hash.sha3(signed)));
        }
    }

    @Test
    void aTransactionOfCeloIsUnderstood() {
        RlpList ethereum = (RlpList) rlp(Arrays.copyOfRange(vector("1559"), 1, vector("1559").length));
        var fields = new ArrayList<>(ethereum.getValues());
        fields.add(9, RlpString.create(Numeric.hexStringToByteArray(TO)));

        Transaction read = understood(typed(0x7b, new RlpList(fields)));

        assertThat(read.chainId()).isEqualTo(BigInteger.valueOf(1337));
        assertThat(SenderRecovery.sender(read)).isNotEqualTo(SENDER);
    }

    @ParameterizedTest
    @CsvSource({"1", "127", "128", "255", "1337", "59144", "4294967295", "999999999999999999"})
    void theChainOfALegacyTransactionIsReadWhateverItsSize(long chain) {
        RawTransaction unsigned = RawTransaction.createTransaction(
                BigInteger.ONE, BigInteger.TEN, BigInteger.valueOf(21_000), TO, BigInteger.ZERO, "0x");

        Transaction read = understood(TransactionEncoder.signMessage(unsigned, chain, KEY));

        assertThat(read.chainId()).isEqualTo(BigInteger.valueOf(chain));
        assertThat(SenderRecovery.sender(read)).isEqualTo(SENDER);
    }

    /// Types of other chains, and what only looks like a transaction.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x",
                "0x00",
                "0x71f86482053901018252",
                "0x7c",
                "0x7ec0",
                "0xdeadbeef",
                "0x02",
                "0x02c0",
                "0x0280",
                "0xc0",
                "0xf90fff",
                "0x02ffffffffffffffffff",
                "0x02bb7fffffff00",
                "0xfb7fffffff",
                "0xff7fffffffffffffff",
                "0xf83700"
            })
    void whatIsNotUnderstoodIsNoFault(String hex) {
        assertThat(read(Numeric.hexStringToByteArray(hex))).isNull();
    }

    @ParameterizedTest
    @MethodSource("signedByViem")
    void bytesThatAreMissingOrTooManyMakeItUnreadable(Vector vector) {
        byte[] raw = vector.raw();

        for (int length = 0; length < raw.length; length++)
            assertThat(read(Arrays.copyOf(raw, length))).isNull();
        assertThat(read(Arrays.copyOf(raw, raw.length + 1))).isNull();
    }

    @Test
    void listsWithinListsCostNothing() {
        byte[] deep = Numeric.hexStringToByteArray("0x02" + "c1".repeat(200_000));

        assertThat(read(deep)).isNull();
    }

    /// Of types without lists inside: those the library writes anew, and not always as they were.
    @ParameterizedTest
    @MethodSource("signedWithoutLists")
    void whoSignedWhatWasChangedAtRandomIsWhoTheLibrarySays(Vector vector) {
        var random = new Random(vector.name().hashCode());
        int compared = 0;
        for (int i = 0; i < 400; i++) {
            byte[] raw = vector.raw();
            raw[random.nextInt(raw.length)] = (byte) random.nextInt(256);
            Transaction read = read(raw);
            String sender = read == null ? null : SenderRecovery.sender(read);
            String byLibrary = sender == null ? null : byLibrary(raw);
            if (read == null || byLibrary == null || BigInteger.ZERO.equals(read.chainId())) continue;
            compared++;
            assertThat(sender).as(Numeric.toHexString(raw)).isEqualTo(byLibrary);
        }
        assertThat(compared).isGreaterThan(50);
    }

    @Test
    void junkNeverThrows() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] junk = new byte[random.nextInt(300)];
            random.nextBytes(junk);
            if (junk.length > 2) junk[0] = (byte) (i % 5);
            if (junk.length > 2) junk[1] = (byte) (0xc0 + random.nextInt(64));
            assertThatCode(() -> {
                        Transaction read = TransactionReader.read(junk);
                        if (read != null) SenderRecovery.sender(read);
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aSignatureThatNodesRefuseHasNoSender() {
        RlpList fields = (RlpList) rlp(Arrays.copyOfRange(vector("1559"), 1, vector("1559").length));
        BigInteger order = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        BigInteger s = ((RlpString) fields.getValues().get(11)).asPositiveBigInteger();

        for (BigInteger other : List.of(BigInteger.ZERO, order, order.subtract(s), order.subtract(BigInteger.ONE))) {
            var changed = new ArrayList<>(fields.getValues());
            changed.set(11, RlpString.create(other));
            Transaction read = understood(typed(2, new RlpList(changed)));
            assertThat(SenderRecovery.sender(read)).isNull();
        }
    }

    /// @return null when it does not read it
    private static @Nullable String byLibrary(byte[] raw) {
        try {
            var decoded = (SignedRawTransaction) TransactionDecoder.decode(Numeric.toHexString(raw));
            return decoded.getFrom().toLowerCase(Locale.ROOT);
        } catch (Exception _) {
            return null;
        }
    }

    private static Transaction understood(byte[] raw) {
        return Objects.requireNonNull(read(raw), "not understood");
    }

    private static @Nullable Transaction read(byte[] raw) {
        return TransactionReader.read(raw);
    }

    private static byte[] vector(String name) {
        return signedByViem()
                .filter(vector -> vector.name().equals(name))
                .findFirst()
                .orElseThrow()
                .raw();
    }

    private static RlpType rlp(byte[] bytes) {
        return RlpDecoder.decode(bytes).getValues().getFirst();
    }

    private static byte[] typed(int type, RlpType body) {
        byte[] encoded = RlpEncoder.encode(body);
        byte[] raw = new byte[encoded.length + 1];
        raw[0] = (byte) type;
        System.arraycopy(encoded, 0, raw, 1, encoded.length);
        return raw;
    }
}
