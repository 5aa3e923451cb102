package dev.fairlead.control.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.admin.http.AdminConnection.Asked;
import dev.fairlead.control.admin.http.ConnectionState.State;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.net.RequestMark;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdminConnectionsTest {
    private static final AdminLimits LIMITS =
            new AdminLimits(8, 1 << 20, Duration.ofSeconds(30), Duration.ofSeconds(60));
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final AdminConnections open = new AdminConnections(LIMITS, ByteBuffer.allocate(1024));

    @Test
    void oneMoreTakesThePlaceOfTheOldestThatDoesNothing() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        AdminConnection oldest = connection(loopback, 0);
        open.add(oldest, 0);
        for (int i = 1; i < 8; i++)
            assertThat(open.add(connection(loopback, i), i)).isNull();

        assertThat(open.haveRoom(1)).as("all came just now").isFalse();
        assertThat(open.haveRoom(SECOND)).isTrue();
        assertThat(open.add(connection(loopback, SECOND), SECOND)).isNull();
        assertThat(oldest.state()).isEqualTo(State.ENDED);
    }

    /// The unspecified addresses stand for other machines here.
    @Test
    void anAddressOfAnotherMachineGetsAQuarterOfThePlaces() throws Exception {
        InetAddress one = InetAddress.getByName("0.0.0.0");
        InetAddress other = InetAddress.getByName("::");
        AdminConnection first = connection(one, 0);
        assertThat(open.add(first, 0)).isNull();
        assertThat(open.add(connection(one, 1), 1)).isNull();

        assertThat(open.add(connection(one, 2), 2)).isNotNull();
        assertThat(open.add(connection(other, 2), 2)).isNull();
        assertThat(first.state()).isEqualTo(State.IDLE);
        assertThat(open.add(connection(one, SECOND), SECOND)).isNull();
        assertThat(first.state()).as("its own oldest made room").isEqualTo(State.ENDED);
    }

    private static AdminConnection connection(InetAddress address, long now) throws Exception {
        return new AdminConnection(SocketChannel.open(), address, now, new SomeLoop());
    }

    private static final class SomeLoop implements AdminConnection.Loop {
        @Override
        public AdminRouter router() {
            return new AdminRouter(new AdminAuthorization(null), List.of(), RequestMark.random(), Faults.TO_LOG);
        }

        @Override
        public boolean isAwaited() {
            return false;
        }

        @Override
        public boolean takes(Asked asked) {
            return false;
        }
    }
}
