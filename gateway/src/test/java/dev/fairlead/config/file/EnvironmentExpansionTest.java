package dev.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentExpansionTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("A", "1", "EMPTY", "", "DOLLAR", "$1\\${A}");

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "${A}, 1",
        "x${A}y${A}z, x1y1z",
        "${A:-2}, 1",
        "${B:-2}, 2",
        "${B:-}, ''",
        "${B:-a:-b}, a:-b",
        "${EMPTY:-2}, 2",
        "${EMPTY}, ''",
        "$${A}, ${A}",
        "$$${A}, $${A}",
        "$A, $A",
        "a$, a$",
        "${DOLLAR}, $1\\${A}",
        "}{, }{"
    })
    void variablesAreReplacedByTheirValues(String text, String expanded) {
        var expansion = EnvironmentExpansion.of(text, ENVIRONMENT);

        assertThat(expansion.faults()).isEmpty();
        assertThat(expansion.text()).isEqualTo(expanded);
    }

    @ParameterizedTest
    @CsvSource({"${}", "${", "${A", "${a-b}", "${A:2}", "${ A}"})
    void whatIsNoVariableIsAFault(String text) {
        assertThat(EnvironmentExpansion.of(text, ENVIRONMENT).faults())
                .singleElement()
                .asString()
                .startsWith("expected ${NAME}");
    }

    @Test
    void everyMissingVariableIsNamed() {
        assertThat(EnvironmentExpansion.of("${X}${A}${Y}", ENVIRONMENT).faults())
                .hasSize(2)
                .anyMatch(fault -> fault.contains("variable X is"))
                .anyMatch(fault -> fault.contains("variable Y is"));
    }
}
