package dev.fairlead.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.reply.Outcome.NotSent;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.fakenode.Behaviour.Hang;
import dev.fairlead.fakenode.Behaviour.HugeResult;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import dev.fairlead.support.Await;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What large replies that nobody reads leave to other calls.
@ExtendWith(Leaks.class)
class UnreadRepliesTest {
    private static final String LARGE = "debug_traceBlockByNumber";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final FakeNode node = FakeNode.start(FakeChain.of(1));
    /// On the loop only.
    private final List<Reply> unread = new ArrayList<>();

    private boolean over;
    private Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.onLoop(() -> {
            over = true;
            unread.forEach(Reply::discard);
        });
        rig.close();
        node.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void aCallDoesNotWaitBehindAllThoseWhoseRepliesNobodyReads(int connections) {
        bounded(connections);
        node.on(LARGE, new HugeResult(20_000_000));
        int hostile = 10 * connections;
        for (int i = 0; i < hostile; i++) leaveUnread(LARGE);

        assertThat(askSmall(LONG)).isInstanceOf(Answered.class);

        if (connections > 1) assertThat(node.count(LARGE)).isLessThanOrEqualTo(2L * connections);
    }

    @Test
    void callsWhoseRepliesAreLeftUnreadKeepToHalfOfTheConnections() {
        bounded(8);
        node.on(LARGE, new HugeResult(20_000_000));
        for (int i = 0; i < 40; i++) leaveUnread(LARGE);
        askSmall(LONG);

        for (int i = 0; i < 20; i++) assertThat(askSmall(LONG)).isInstanceOf(Answered.class);

        Await.until("half of them is left", () -> rig.connections().inFlight() <= 4);
    }

    @Test
    void callsThatMayTakeLongLeaveConnectionsToQuickOnes() {
        bounded(8);
        node.on("eth_call", new Hang());
        for (int i = 0; i < 40; i++) leaveUnread("eth_call");

        for (int i = 0; i < 20; i++) assertThat(askSmall(LONG)).isInstanceOf(Answered.class);

        assertThat(node.count("eth_call")).isLessThanOrEqualTo(6);
    }

    @Test
    void everyMethodMayBeTheOneWhoseRepliesAreLeftUnread() {
        bounded(8);
        node.on(LARGE, new HugeResult(20_000_000));
        node.on("eth_call", new HugeResult(20_000_000));
        node.on("eth_getBlockByNumber", new HugeResult(20_000_000));
        for (int i = 0; i < 20; i++) {
            leaveUnread(LARGE);
            leaveUnread("eth_call");
            leaveUnread("eth_getBlockByNumber");
        }

        assertThat(askSmall(LONG)).isInstanceOf(Answered.class);

        long asked = node.count(LARGE) + node.count("eth_call") + node.count("eth_getBlockByNumber");
        assertThat(asked).isLessThanOrEqualTo(24);
    }

    @Test
    void aReplyKeepsItsConnectionWhileItsClientGoesOnReading() {
        bounded(1);
        node.on(LARGE, new HugeResult(20_000_000));
        leaveUnread(LARGE);
        Await.until("the reply has begun", () -> rig.connections().inFlight() == 1 && begun() == 1);
        ScheduledFuture<?> reading = rig.loop()
                .scheduleAtFixedRate(() -> unread.forEach(UnreadRepliesTest::taken), 0, 20, TimeUnit.MILLISECONDS);

        Outcome waited = askSmall(Duration.ofSeconds(3));
        reading.cancel(false);

        assertThat(waited).isInstanceOf(NotSent.class);
        assertThat(askSmall(LONG)).isInstanceOf(Answered.class);
    }

    @Test
    void oneUnreadReplyIsNoReasonToBoundItsMethod() {
        bounded(8);
        node.on(LARGE, new HugeResult(20_000_000));
        for (int i = 0; i < 4; i++) leaveUnread(LARGE);
        Await.until("they have begun", () -> begun() == 4);
        askSmall(Duration.ofSeconds(1));
        for (int i = 0; i < 4; i++) leaveUnread(LARGE);

        Await.until("all of them have begun", () -> begun() == 8);
    }

    private int begun() {
        int[] begun = {0};
        rig.onLoop(() -> begun[0] = unread.size());
        return begun[0];
    }

    private static void taken(Reply reply) {
        if (reply.rest() != null) reply.rest().taken();
    }

    private void leaveUnread(String method) {
        Consumer<Outcome> keep = outcome -> {
            if (!(outcome instanceof Answered(var reply))) return;
            if (over) reply.discard();
            else unread.add(reply);
        };
        rig.attempt(Rig.node(node.httpUrl().toString()), request(method), LONG, keep);
    }

    private Outcome askSmall(Duration patience) {
        return rig.ask(Rig.node(node.httpUrl().toString()), request("eth_chainId"), patience)
                .outcome();
    }

    private static Request request(String method) {
        return new Request(Slice.of(RawNode.ID), method, Slice.of("[]"));
    }

    private void bounded(int connections) {
        rig.close();
        UpstreamConfig usual = UpstreamConfig.DEFAULT;
        rig = new Rig(
                Transport.best(),
                new UpstreamConfig(
                        usual.connectTimeout(),
                        usual.idleTimeout(),
                        usual.stallTimeout(),
                        connections,
                        usual.heldReply(),
                        0));
    }
}
