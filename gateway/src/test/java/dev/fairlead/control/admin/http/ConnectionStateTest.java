package dev.fairlead.control.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.admin.http.ConnectionState.State;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionStateTest {
    private static final AdminLimits LIMITS = AdminLimits.of(128, 64 << 20);

    @ParameterizedTest
    @CsvSource({
        "IDLE, 99, 0, false",
        "IDLE, 101, 0, true",
        "READING, 99, 0, false",
        "READING, 101, 0, true",
        "WAITING, 100000, 0, false",
        "WRITING, 249, 0, false",
        "WRITING, 251, 0, true",
        "WRITING, 1000, 262144, false",
        "WRITING, 1000, 262143, true",
        "LINGERING, 0, 0, true"
    })
    void whoDoesNothingOrReadsSlowlyMakesRoomForOthers(State state, long millis, long written, boolean makesRoom) {
        long now = Duration.ofMillis(millis).toNanos();

        assertThat(new ConnectionState(state, 0, 0, written).mayMakeRoom(now)).isEqualTo(makesRoom);
    }

    @ParameterizedTest
    @CsvSource({
        "IDLE, 59, false, false",
        "IDLE, 61, false, true",
        "IDLE, 1, true, false",
        "IDLE, 3, true, true",
        "READING, 29, false, false",
        "READING, 31, false, true",
        "READING, 4, true, false",
        "READING, 6, true, true",
        "WAITING, 1000, true, false",
        "WRITING, 59, true, false",
        "WRITING, 61, false, true",
        "LINGERING, 1, false, false",
        "LINGERING, 3, false, true"
    })
    void whereMostPlacesAreTakenPatienceIsShort(State state, long seconds, boolean crowded, boolean late) {
        long now = Duration.ofSeconds(seconds).toNanos();

        assertThat(new ConnectionState(state, 0, 0, 0).isLate(now, crowded, LIMITS))
                .isEqualTo(late);
    }
}
