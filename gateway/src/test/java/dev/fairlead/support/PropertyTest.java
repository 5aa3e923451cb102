package dev.fairlead.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PropertyTest {
    @Test
    void aFailureNamesTheSeedThatMakesTheSameInputAgain() {
        var failed = new ArrayList<List<Long>>();

        var failure = catchThrowableOfType(
                AssertionError.class,
                () -> Property.holds(1000, any -> {
                    List<Long> input = any.list(0, 20, any::anyLong);
                    if (input.size() > 15) failed.add(input);
                    assertThat(input).hasSizeLessThanOrEqualTo(15);
                }));

        Matcher seed = Pattern.compile("-Dproperty.seed=(-?\\d+) ").matcher(failure.getMessage());
        assertThat(seed.find()).isTrue();
        var again = new Generator(Long.parseLong(seed.group(1)));
        assertThat(failed).containsExactly(again.list(0, 20, again::anyLong));
    }

    @Test
    void rangesAreKeptAndTheirEndsAreMet() {
        var met = new ArrayList<Integer>();

        Property.holds(1000, any -> met.add(any.between(3, 300)));

        assertThat(met).allMatch(number -> number >= 3 && number <= 300).contains(3, 300);
    }
}
