package dev.fairlead.core.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPickTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1,\"two\",{\"three\":3}]      | 0 | 1",
                "[1,\"two\",{\"three\":3}]      | 1 | \"two\"",
                "[1,\"two\",{\"three\":3}]      | 2 | {\"three\":3}",
                " [ 1 , 1.0e2 , [ ] ]           | 1 | 1.0e2",
                " [ 1 , 1.0e2 , [ ] ]           | 2 | [ ]",
            })
    void anElementIsPickedAsItStands(String array, int index, String found) {
        assertThat(JsonPick.element(Slice.of(array), index)).isEqualTo(Slice.of(found));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[1] | 1", "[] | 0", "{} | 0", "`` | 0", "[ | 0", "[1 | 1", "[x,1] | 1", "[1,] | 1", "null | 0"})
    void anElementThatIsNotThereIsNothing(String array, int index) {
        assertThat(JsonPick.element(Slice.of(array), index)).isEqualTo(Slice.NONE);
    }

    @Test
    void whatFollowsTheElementIsNotLookedAt() {
        assertThat(JsonPick.element(Slice.of("[1,2 garbage"), 1)).isEqualTo(Slice.of("2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":[2]}            | b | [2]",
                " { \"b\" : -0 }                | b | -0",
                "{\"\\u0062\":3}                | b | 3",
                "{\"b\":1,\"b\":2}              | b | 2",
                "{\"b\":{\"b\":1}}              | b | {\"b\":1}",
            })
    void aMemberIsPickedAsItStandsAndTheLastOneCounts(String object, String name, String found) {
        assertThat(JsonPick.member(Slice.of(object), name)).isEqualTo(Slice.of(found));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}",
                "{\"a\":1}",
                "{\"bb\":1}",
                "{\"\":1}",
                "[\"b\",1]",
                "``",
                "{\"b\":1",
                "{\"b\" 1}",
                "{\"b\":1,}"
            })
    void aMemberThatIsNotThereIsNothing(String object) {
        assertThat(JsonPick.member(Slice.of(object), "b")).isEqualTo(Slice.NONE);
    }

    @Test
    void aSliceInTheMiddleOfOtherBytesIsReadWithinItsBounds() {
        byte[] bytes = "xx[1,2]yy".getBytes(UTF_8);

        assertThat(JsonPick.element(new Slice(bytes, 2, 7), 1)).isEqualTo(Slice.of("2"));
        assertThat(JsonPick.element(new Slice(bytes, 2, 6), 2)).isEqualTo(Slice.NONE);
    }
}
