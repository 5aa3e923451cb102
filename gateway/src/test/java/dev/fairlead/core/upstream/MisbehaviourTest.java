package dev.fairlead.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.reply.Outcome.Declined;
import dev.fairlead.core.reply.Outcome.NotSent;
import dev.fairlead.core.reply.Outcome.Unanswered;
import dev.fairlead.core.upstream.Rig.Got;
import dev.fairlead.fakenode.Behaviour;
import dev.fairlead.fakenode.Behaviour.Chunked;
import dev.fairlead.fakenode.Behaviour.ConnectionClose;
import dev.fairlead.fakenode.Behaviour.CutBody;
import dev.fairlead.fakenode.Behaviour.ErrorReply;
import dev.fairlead.fakenode.Behaviour.GzipReply;
import dev.fairlead.fakenode.Behaviour.HugeResult;
import dev.fairlead.fakenode.Behaviour.IdLast;
import dev.fairlead.fakenode.Behaviour.NoId;
import dev.fairlead.fakenode.Behaviour.NotJson;
import dev.fairlead.fakenode.Behaviour.NullBeside;
import dev.fairlead.fakenode.Behaviour.RateLimitedHttp;
import dev.fairlead.fakenode.Behaviour.RateLimitedRpc;
import dev.fairlead.fakenode.Behaviour.Reset;
import dev.fairlead.fakenode.Behaviour.Result;
import dev.fairlead.fakenode.Behaviour.SlowBody;
import dev.fairlead.fakenode.Behaviour.Status;
import dev.fairlead.fakenode.Behaviour.UnderStatus;
import dev.fairlead.fakenode.Behaviour.WrongId;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(Leaks.class)
class MisbehaviourTest {
    private static final Duration TICK = Duration.ofMillis(1);
    private static final String ODD = "{\"n\":123456789012345678901234567890.000,\"n\":2, \"é\":\"\\ud83d\"}";

    private final FakeNode fake = FakeNode.start(FakeChain.of(1));
    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
        fake.close();
    }

    static Stream<Behaviour> deliveries() {
        return Stream.of(
                new Behaviour.Normal(),
                new SlowBody(1, TICK),
                Chunked.of(1, 3, 7),
                new GzipReply(),
                new GzipReply().and(Chunked.of(5)),
                new ConnectionClose(),
                new UnderStatus(400),
                new UnderStatus(500),
                new IdLast(),
                new NullBeside(),
                new NullBeside().and(new IdLast()));
    }

    @ParameterizedTest
    @MethodSource("deliveries")
    void howeverAResultIsDeliveredItsBytesAreTheSame(Behaviour delivery) {
        fake.always(new Result(ODD).and(delivery));

        for (String id : List.of("7", "\"abc\"", "7.0")) {
            Got got = rig.ask(fake.httpUrl().toString(), id);

            assertThat(got.outcome()).isInstanceOf(Answered.class);
            assertThat(utf8(got.text()))
                    .contains("\"result\":" + ODD, "\"id\":" + id)
                    .doesNotContain("error");
        }
    }

    @ParameterizedTest
    @MethodSource("largeDeliveries")
    void howeverALargeResultIsDeliveredItIsTheSame(Behaviour delivery) {
        fake.always(new HugeResult(400_000).and(delivery));

        for (String id : List.of("7", "7.0")) {
            Got got = rig.ask(fake.httpUrl().toString(), id);

            assertThat(got.cut()).isNull();
            assertThat(got.text().strip())
                    .contains("\"id\":" + id, "\"result\":\"" + "x".repeat(400_000) + "\"")
                    .doesNotContain("error");
            assertThat(got.length()).isIn(-1L, (long) got.text().length());
        }
    }

    static Stream<Behaviour> largeDeliveries() {
        return Stream.of(
                new SlowBody(20_000, TICK),
                Chunked.of(1000, 1, 70_000),
                new GzipReply(),
                new GzipReply().and(Chunked.of(500)),
                new ConnectionClose(),
                new UnderStatus(400),
                new IdLast(),
                new NullBeside(),
                new NullBeside().and(new IdLast()));
    }

    static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of(new WrongId(), Unanswered.class),
                Arguments.of(new NoId(), Unanswered.class),
                Arguments.of(new Reset(), Unanswered.class),
                Arguments.of(new CutBody(0), Unanswered.class),
                Arguments.of(new CutBody(20), Unanswered.class),
                Arguments.of(new NotJson("<html>", "text/html"), Unanswered.class),
                Arguments.of(new NotJson("", "application/json"), Unanswered.class),
                Arguments.of(new NotJson("null", "application/json"), Unanswered.class),
                Arguments.of(new RateLimitedRpc(), Declined.class),
                Arguments.of(new RateLimitedHttp(Duration.ofSeconds(1)), Declined.class),
                Arguments.of(new ErrorReply(-32601, "the method does not exist"), Declined.class),
                Arguments.of(new Status(403, "forbidden"), Declined.class),
                Arguments.of(new Status(500, ""), Declined.class),
                Arguments.of(new ErrorReply(3, "execution reverted", "\"0x\""), Answered.class));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void everyMisbehaviourHasItsOutcome(Behaviour behaviour, Class<? extends Outcome> outcome) {
        fake.always(behaviour);

        assertThat(rig.ask(fake.httpUrl().toString()).outcome()).isInstanceOf(outcome);

        fake.normal();
        assertThat(rig.ask(fake.httpUrl().toString()).outcome()).isNotInstanceOf(NotSent.class);
    }

    @Test
    void manyCallsAtOnceEachGetTheirOwnReply() {
        fake.always(new Behaviour.Depends(call -> new Result(call.params())));
        var node = Rig.node(fake.httpUrl().toString());
        List<CompletableFuture<Got>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            var request = new Request(Slice.of("" + i), "eth_call", Slice.of("[" + i + "]"));
            calls.add(rig.start(node, request, Duration.ofSeconds(20)));
        }

        for (int i = 0; i < 500; i++) {
            assertThat(Rig.get(calls.get(i)).text())
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + i + ",\"result\":[" + i + "]}");
        }
        assertThat(fake.connectionsAccepted()).isBetween(1L, 64L);
    }

    private static String utf8(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
