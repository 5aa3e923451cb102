package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionRoomTest {
    private static final long BUDGET = 64 * 1024 * 1024;

    @Test
    void connectionsTakeHalfAsMuchAsTheBudget() {
        assertThat(new ConnectionRoom(BUDGET, false).most()).isEqualTo(8_192);
        assertThat(new ConnectionRoom(BUDGET, true).most()).isEqualTo(2_730);
        assertThat(new ConnectionRoom(Long.MAX_VALUE, false).most()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void theOperatorLearnsWhatToRaise() {
        var room = new ConnectionRoom(BUDGET, false);

        assertThat(room.isLessThan(20_000)).isTrue();
        assertThat(room.isLessThan(8_192)).isFalse();
        assertThat(room.describe())
                .isEqualTo("memory has room for 8192 client connections at once: each takes 4 KiB, all together half of"
                        + " memory.heap (64 MiB) beside it; for more, raise -Xmx (FAIRLEAD_JAVA_OPTS) or memory.heap");
    }
}
