package dev.fairlead.control.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.support.Property;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeReaderTest {
    private static final String HASH = "0x" + "ab".repeat(32);
    private static final String PARENT = "0x" + "cd".repeat(32);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"number\":\"0x10\",\"hash\":\"%1$s\",\"parentHash\":\"%2$s\",\"timestamp\":\"0x64\"}",
                "{\"timestamp\":100,\"parentHash\":\"%2$s\",\"hash\":\"%1$s\",\"number\":16}",
                "{\"number\":\"16\",\"hash\":\"%1$s\",\"timestamp\":\"100\",\"extra\":{\"hash\":[1]},\"parentHash\":\"%2$s\"}",
                "{\"transactions\":[\"0x1\",{\"number\":\"0x99\"}],\"number\":\"0X10\",\"hash\":\"%1$s\","
                        + "\"parentHash\":\"%2$s\",\"timestamp\":\"0x64\", not json any more",
            })
    void readsABlockHoweverItIsWritten(String json) {
        var block = ProbeReader.block(Slice.of(json.formatted(HASH, PARENT)));

        assertThat(block).contains(new SeenBlock(16, HASH, PARENT, Instant.ofEpochSecond(100)));
    }

    @Test
    void toleratesABlockThatTellsTheNumberOnly() {
        assertThat(ProbeReader.block(Slice.of("{\"number\":\"0x0\",\"timestamp\":null,\"hash\":{}}")))
                .contains(SeenBlock.numbered(0));
    }

    @Test
    void hashesAreComparedInLowerCase() {
        String shouted = "{\"number\":\"0x1\",\"hash\":\"0xAB\"}";

        assertThat(ProbeReader.block(Slice.of(shouted)).orElseThrow().hash()).isEqualTo("0xab");
    }

    @Test
    void hashesOfOneBlockAreAlikeHoweverLongTheyAreWritten() {
        String long48 = "{\"number\":\"0x1\",\"hash\":\"0x" + "ab".repeat(48) + "\"}";
        String bare = "{\"number\":\"0x1\",\"hash\":\"" + "ab".repeat(32) + "\"}";

        assertThat(ProbeReader.block(Slice.of(long48)).orElseThrow().hash()).isEqualTo(HASH);
        assertThat(ProbeReader.block(Slice.of(bare)).orElseThrow().hash()).isEqualTo(HASH);
    }

    @Test
    void aHashOfZerosIsNone() {
        String zeros = "{\"number\":\"0x1\",\"hash\":\"0x" + "0".repeat(64) + "\"}";

        assertThat(ProbeReader.block(Slice.of(zeros)).orElseThrow().hash()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"0x1\"",
                "[]",
                "{}",
                "",
                "{\"number\":\"-5\"}",
                "{\"number\":\"0x\"}",
                "{\"number\":1e3}",
                "{\"num"
            })
    void whatIsNoBlockIsAbsent(String json) {
        assertThat(ProbeReader.block(Slice.of(json))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"0x0\"',0",
        "'\"0x1b4\"',436",
        "436,436",
        "'\"436\"',436",
        "'\"0x7fffffffffffffff\"',9223372036854775807"
    })
    void readsAQuantityHoweverItIsWritten(String json, long number) {
        assertThat(ProbeReader.quantity(Slice.of(json))).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"\"",
                "\"0xzz\"",
                "\"0x8000000000000000\"",
                "true",
                "{}",
                "-1",
                "1.5",
                "99999999999999999999"
            })
    void whatIsNoQuantityIsAbsent(String json) {
        assertThat(ProbeReader.quantity(Slice.of(json))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"0x7fffffffffffffff\"",
                "\"0x8000000000000000\"",
                "\"0x00ffffffffffffffff\"",
                "\"0X10000000000000000\"",
                "9223372036854775807",
                "99999999999999999999",
                "\"99999999999999999999\""
            })
    void aHeightOrADateThatDoesNotFitIsNotTakenForNone(String json) {
        String block = "{\"number\":" + json + ",\"timestamp\":" + json + "}";
        var last = Instant.ofEpochSecond(1L << 53);

        assertThat(ProbeReader.height(Slice.of(json))).hasValue(Long.MAX_VALUE);
        assertThat(ProbeReader.block(Slice.of(block))).contains(new SeenBlock(Long.MAX_VALUE, "", "", last));
    }

    @ParameterizedTest
    @CsvSource({"false,NO", "' false ',NO", "null,UNTOLD", "true,YES", "'{\"currentBlock\":\"0x1\"}',YES", "'{}',YES"})
    void readsWhetherANodeSyncs(String json, SelfReport.Syncing syncing) {
        assertThat(ProbeReader.syncing(Slice.of(json))).isEqualTo(syncing);
    }

    @Test
    void neverThrows() {
        Property.holds(1000, any -> neverThrows(any.bytes(0, 255)));
    }

    private void neverThrows(byte[] noise) {
        Slice slice = Slice.of(noise);

        assertThat(ProbeReader.block(slice)).isNotNull();
        assertThat(ProbeReader.quantity(slice)).isNotNull();
        assertThat(ProbeReader.text(slice)).isNotNull();
        assertThat(ProbeReader.syncing(slice)).isNotNull();
    }
}
