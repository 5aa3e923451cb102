package dev.fairlead.data.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbsenceTest {
    /// Clients were shown block 100, the chain's head is 102, and 10 blocks count as near.
    @ParameterizedTest
    @CsvSource(textBlock = """
            103, 110, 0, BELIEVED
            102, 110, 0, DOUBTED
            101, 90,  0, DOUBTED
            100, 110, 0, LATE
            90,  110, 0, LATE
            90,  110, 1, DOUBTED
            90,  90,  1, LATE
            89,  110, 0, DOUBTED
            89,  88,  0, LATE
            0,   110, 0, DOUBTED
            """)
    void aBlockThatExistsIsNotBelievedToBeMissing(long height, long reached, int passed, Absence expected) {
        assertThat(Absence.at(height, reached, 100, 102, 10, passed)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            103, 110, 0, false, BELIEVED
            100, 100, 0, false, DOUBTED
            100, 100, 0, true,  QUESTIONED
            100, 100, 1, false, BELIEVED
            100, 99,  1, false, LATE
            """)
    void anItemNeedNotBeThereWhereTheBlockIs(long height, long reached, int deniers, boolean usual, Absence expected) {
        assertThat(Absence.within(height, reached, 100, 102, deniers, usual)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            false, false, false, false, QUESTIONED
            false, true,  false, false, DOUBTED
            false, false, true,  false, BELIEVED
            false, true,  true,  false, QUESTIONED
            true,  false, false, false, DOUBTED
            true,  false, true,  false, BELIEVED
            false, true,  false, true,  DOUBTED
            true,  false, false, true,  DOUBTED
            false, false, false, true,  BELIEVED
            """)
    void whoKeepsLessIsNotBelievedAndIsNotAskedForASecondOpinion(
            boolean late, boolean keepsLess, boolean nextKeepsLess, boolean seconded, Absence expected) {
        assertThat(Absence.ofUnknown(late, keepsLess, nextKeepsLess, seconded, false))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            false, false, false, false, DOUBTED
            false, false, true,  false, DOUBTED
            false, false, false, true,  BELIEVED
            false, false, true,  true,  BELIEVED
            true,  false, false, true,  DOUBTED
            """)
    void noNodeIsBelievedAloneWhileEveryNullGetsASecondOpinion(
            boolean late, boolean keepsLess, boolean nextKeepsLess, boolean seconded, Absence expected) {
        assertThat(Absence.ofUnknown(late, keepsLess, nextKeepsLess, seconded, true))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            false, false, false, QUESTIONED
            false, false, true,  DOUBTED
            false, true,  true,  BELIEVED
            true,  true,  true,  DOUBTED
            true,  false, false, DOUBTED
            """)
    void whatWasSentMayBeInABlockThatWasMadeSince(boolean late, boolean seconded, boolean moved, Absence expected) {
        assertThat(Absence.ofPending(late, seconded, moved)).isEqualTo(expected);
    }
}
