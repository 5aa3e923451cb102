package dev.fairlead.control.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.admin.http.AdminConnection.Asked;
import dev.fairlead.control.admin.http.AdminRoute.Lane;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneQueueTest {
    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

    private final LaneQueue lane = new LaneQueue(Lane.LOOK, 0);

    @Test
    void allThatAskTheSameGetTheOneAnswerThatIsMadeAfterwards() throws Exception {
        for (int i = 0; i < 10; i++) lane.takes(asks("GET", "/metrics", null, "t=" + i), 100);
        lane.takes(asks("GET", "/api/v1/events", List.of("limit"), "limit=1"), 100);
        lane.takes(asks("GET", "/api/v1/events", List.of("limit"), "limit=2"), 100);

        assertThat(lane.next(0)).hasSize(10);
        lane.takes(asks("GET", "/metrics", null, null), 100);
        assertThat(lane.next(0)).as("while one is made").isEmpty();
        lane.finished(0, 0);

        assertThat(lane.next(0)).hasSize(1);
        lane.finished(0, 0);
        assertThat(lane.next(0)).hasSize(1);
        lane.finished(0, 0);
        assertThat(lane.next(0)).as("it asked after the first was begun").hasSize(1);
    }

    @Test
    void everyOrderIsDone() throws Exception {
        for (int i = 0; i < 2; i++) lane.takes(asks("POST", "/api/v1/nodes", List.of(), null), 100);

        assertThat(lane.next(0)).hasSize(1);
    }

    @Test
    void noMoreWaitThanMay() throws Exception {
        assertThat(lane.takes(asks("POST", "/api/v1/nodes", List.of(), null), 1))
                .isTrue();
        assertThat(lane.takes(asks("POST", "/api/v1/nodes", List.of(), null), 1))
                .isFalse();
    }

    @Test
    void afterWorkTheLaneRestsAsLong() throws Exception {
        for (int i = 0; i < 2; i++) lane.takes(asks("POST", "/api/v1/nodes", List.of(), null), 100);
        lane.next(0);
        lane.finished(5 * MILLISECOND, 5 * MILLISECOND);

        assertThat(lane.untilNext(6 * MILLISECOND)).isEqualTo(4 * MILLISECOND);
        assertThat(lane.next(6 * MILLISECOND)).isEmpty();
        assertThat(lane.next(10 * MILLISECOND)).hasSize(1);
    }

    @Test
    void noAnswerIsMadeWhileClientsDoNotTakeThoseBefore() throws Exception {
        var unread = new AnswerBytes(new byte[Lane.LOOK.mostUnread()], lane::count);
        unread.hold();
        lane.takes(asks("GET", "/metrics", null, null), 100);

        assertThat(lane.next(0)).isEmpty();
        assertThat(lane.isFull()).isTrue();
        unread.letGo();
        assertThat(lane.next(0)).hasSize(1);
    }

    private static Asked asks(String verb, String path, @Nullable List<String> known, @Nullable String query)
            throws Exception {
        var route = new AdminRoute(verb, path, "", known, _ -> AdminAnswer.text("text/plain", ""));
        var head = new HttpHead(verb, path, query, null, true, Map.of(), 0);
        try (SocketChannel channel = SocketChannel.open()) {
            var connection = new AdminConnection(channel, InetAddress.getLoopbackAddress(), 0, new NoLoop());
            return new Asked(connection, new AdminRouter.Found(route, Map.of(), query), head, ByteBuffer.allocate(0));
        }
    }

    private static final class NoLoop implements AdminConnection.Loop {
        @Override
        public AdminRouter router() {
            throw new AssertionError("nothing is read here");
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
