package dev.fairlead.core.eth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.support.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({"0x0,0", "0x1,1", "0x41,65", "0xDEADbeef,3735928559", "0x7fffffffffffffff,9223372036854775807"})
    void aQuantityIsRead(String text, long number) {
        assertThat(Quantity.parse(text)).isEqualTo(number);
        assertThat(Quantity.parse(Slice.of("\"" + text + "\""))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "x",
                "0x",
                "0X1",
                "1",
                "65",
                "0x00",
                "0x01",
                "0x0400",
                "0xg",
                "0x 1",
                " 0x1",
                "0x1 ",
                "-0x1",
                "0x-1",
                "+0x1",
                "0x8000000000000000",
                "0xffffffffffffffff",
                "0x10000000000000000",
                "0x١",
                "ff"
            })
    void anythingElseIsNone(String text) {
        assertThat(Quantity.parse(text)).isEqualTo(-1);
        assertThat(Quantity.parse(Slice.of("\"" + text + "\""))).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "null", "[]", "{}"})
    void rawJsonThatIsNoStringIsNone(String json) {
        assertThat(Quantity.parse(Slice.of(json))).isEqualTo(-1);
    }

    @Test
    void whatIsPrintedIsReadAgain() {
        Property.holds(1000, any -> whatIsPrintedIsReadAgain(any.between(0L, Long.MAX_VALUE)));
    }

    private void whatIsPrintedIsReadAgain(long number) {
        assertThat(Quantity.parse(Quantity.print(number))).isEqualTo(number);
    }
}
