package dev.fairlead.data.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.logs.LogCaps;
import dev.fairlead.core.memory.MemoryBudget;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.CallerPolicy;
import dev.fairlead.core.policy.ChainAccess;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.core.policy.GeneralPolicy;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.transaction.TransactionPolicy;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Known;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.CallWorkers;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.load.Traffic;
import dev.fairlead.support.QuietEvents;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogGateTest {
    private static final String HEAD = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":";
    private static final String ALL = "[{\"fromBlock\":\"0x1\",\"toBlock\":\"0x20\"}]";
    private static final int MIB = 1024 * 1024;

    private final MemoryBudget budget = new MemoryBudget(64L * MIB);
    private final Board<AccessPolicy> policy = new Board<>(AccessPolicy.EMPTY);
    private final Board<Fleet> fleet = new Board<>(Fleet.EMPTY);
    private final CallWorkers workers = new CallWorkers(2, Faults.TO_LOG);
    private final LogGate gate = new LogGate(
            policy, fleet, new Traffic(System::nanoTime), workers, MemoryShare.of(budget), new QuietEvents() {
                @Override
                public void limited(String limit, String tenant) {
                    limited.add(limit + " " + tenant);
                }
            });
    private final List<String> limited = new ArrayList<>();
    private final List<Call> asked = new ArrayList<>();
    private final Deque<Consumer<Consumer<Answer>>> nodes = new ArrayDeque<>();
    private final List<ByteBuf> buffers = new ArrayList<>();
    private @Nullable Answer answer;

    @AfterEach
    void stop() {
        workers.close();
    }

    private @Nullable Call call;

    @Test
    void withoutACapNothingIsLookedAt() {
        publish(LogCaps.NONE);
        answering(whole(logs(1, 30)));

        call("eth_getLogs", "[{\"fromBlock\":\"earliest\"}]");

        assertThat(served()).isEqualTo(HEAD + logs(1, 30) + "}");
    }

    @Test
    void aRangeThatIsTooLongIsRefusedWithOneThatIsNot() {
        publish(new LogCaps(10L, null, null, null));

        call("eth_getLogs", ALL);

        assertThat(asked).isEmpty();
        assertThat(refused().why()).isEqualTo(Refusal.QUERY_TOO_LARGE);
        assertThat(refused().why().code()).isEqualTo(-32005);
        assertThat(refused().why().httpStatus()).isEqualTo(200);
        assertThat(refused().detail())
                .isEqualTo("query covers 32 blocks, more than 10. Try with this block range [0x1, 0xa].");
        assertThat(refused().data().text()).isEqualTo("{\"from\":\"0x1\",\"limit\":10,\"to\":\"0xa\"}");
        assertThat(limited).containsExactly("policy.logs.blocks public");
    }

    @Test
    void whatCannotBeReadForSureIsAFaultOfTheParams() {
        publish(new LogCaps(10L, null, null, null));

        call("eth_getLogs", "[{\"fromBlock\":\"0x1f\",\"FromBlock\":\"0x1\"}]");

        assertThat(asked).isEmpty();
        assertThat(refused().why()).isEqualTo(Refusal.INVALID_PARAMS);
        assertThat(refused().detail()).contains("fromBlock");
    }

    @Test
    void otherMethodsPass() {
        publish(new LogCaps(1L, 1L, 1L, 1L));
        answering(whole(logs(1, 30)));

        call("eth_getBlockReceipts", "[\"0x1\"]");

        assertThat(served()).contains("blockNumber");
    }

    @Test
    void anAnswerWithTooManyLogsIsReplacedByTheRangeThatWouldDo() {
        publish(new LogCaps(null, null, null, 8L));
        answering(whole(logs(1, 9)));

        call("eth_getLogs", ALL);

        assertThat(refused().detail())
                .isEqualTo("query returned more than 8 results. Try with this block range [0x1, 0x8].");
        assertThat(refused().data().text()).isEqualTo("{\"from\":\"0x1\",\"limit\":8,\"to\":\"0x8\"}");
        assertThat(limited).containsExactly("policy.logs.results public");
        assertNothingIsHeld();
    }

    /// These calls take neither a range nor addresses.
    @Test
    void aFilterIsToBeMadeAgainWithTheRangeThatWouldDo() {
        publish(new LogCaps(null, null, null, 8L));
        answering(whole(logs(1, 9)));

        call("eth_getFilterLogs", "[\"0x1\"]");

        assertThat(refused().detail())
                .startsWith("query returned more than 8 results. Try with this block range [0x1, 0x8]. ")
                .endsWith("Make a new filter with that range: this call takes none.");
        assertThat(refused().data().text()).isEqualTo("{\"from\":\"0x1\",\"limit\":8,\"to\":\"0x8\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "eth_getFilterLogs, make a new filter that names addresses or topics",
        "erigon_getLogsByHash, ask with eth_getLogs and its blockHash",
        "eth_getLogs, name addresses or topics"
    })
    void whereNoRangeHelpsItIsSaidWhereAddressesAreToBeNamed(String method, String hint) {
        publish(new LogCaps(null, null, null, 2L));
        answering(whole("[" + String.join(",", log(5), log(5), log(5)) + "]"));

        call(method, "[\"0x1\"]");

        assertThat(refused().detail()).contains("in block 0x5 alone; " + hint);
    }

    @Test
    void asManyAsAllowedAreServed() {
        publish(new LogCaps(null, null, null, 8L));
        answering(whole(logs(1, 8)));

        call("eth_getLogs", ALL);

        assertThat(served()).isEqualTo(HEAD + logs(1, 8) + "}");
    }

    @Test
    void oneBlockWithTooManyIsNamed() {
        publish(new LogCaps(null, null, null, 2L));
        answering(whole("[" + String.join(",", log(5), log(5), log(5)) + "]"));

        call("eth_getLogs", "[{\"fromBlock\":\"0x5\",\"toBlock\":\"0x5\"}]");

        assertThat(refused().detail()).contains("in block 0x5 alone").doesNotContain("Try with");
        assertThat(refused().data().text()).isEqualTo("{\"limit\":2,\"block\":\"0x5\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 5_000})
    void whatIsStreamedIsHeldUntilItIsCounted(int piece) {
        publish(new LogCaps(null, null, null, 50L));
        var rest = new Pieces(HEAD + logs(1, 50) + "}", piece, false);
        answering(rest.reply());

        call("eth_getLogs", ALL);

        assertThat(answer).isNull();
        rest.flow();
        assertThat(served()).isEqualTo(HEAD + logs(1, 50) + "}");
        assertNothingIsHeld();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 5_000})
    void nothingOfAStreamedAnswerLeavesWhenItHasTooMany(int piece) {
        publish(new LogCaps(null, null, null, 49L));
        var rest = new Pieces(HEAD + logs(1, 60) + "}", piece, false);
        answering(rest.reply());

        call("eth_getLogs", ALL);
        rest.flow();

        assertThat(refused().data().text()).isEqualTo("{\"from\":\"0x1\",\"limit\":49,\"to\":\"0x31\"}");
        assertThat(rest.isAborted || piece == 5_000).isTrue();
        assertNothingIsHeld();
    }

    @Test
    void aReplyThatBreaksOffIsAFailureOfTheNode() {
        publish(new LogCaps(null, null, null, 50L));
        var rest = new Pieces(HEAD + logs(1, 40), 100, true);
        answering(rest.reply());

        call("eth_getLogs", ALL);
        rest.flow();

        assertThat(refused().why()).isEqualTo(Refusal.NODES_FAILED);
        assertNothingIsHeld();
    }

    @Test
    void whatIsTooLargeToBeHeldIsRefusedUpToTheLastWholeBlock() {
        publish(new LogCaps(null, null, null, 1_000_000L));
        var rest = new Pieces(HEAD + "[" + log(1) + "," + log(2) + "," + log(3), 1_000, false);
        answering(rest.reply());

        call("eth_getLogs", ALL);
        rest.flowOn(("," + log(4).replace("0xda7a", "0x" + "00".repeat(MIB / 2))).repeat(33));

        assertThat(refused().detail())
                .isEqualTo("query returned more than 33554432 bytes. Try with this block range [0x1, 0x3].");
        assertNothingIsHeld();
    }

    @Test
    void whileMemoryIsInUseNothingIsHeld() {
        publish(new LogCaps(null, null, null, 1_000_000L));
        MemoryShare others = MemoryShare.of(budget);
        others.add(60L * MIB);
        answering(new Pieces(HEAD + logs(1, 40), 100, false).reply());

        call("eth_getLogs", ALL);

        assertThat(refused().why()).isEqualTo(Refusal.OVERLOADED);
        others.give(60L * MIB);
        assertNothingIsHeld();
    }

    @Test
    void aClientThatGoesAwayLeavesNothingBehind() {
        publish(new LogCaps(null, null, null, 50L));
        var rest = new Pieces(HEAD + logs(1, 50), 100, false);
        answering(rest.reply());
        call("eth_getLogs", ALL);

        Objects.requireNonNull(call).abandon();

        assertThat(rest.isAborted).isTrue();
        assertThat(answer).isNull();
        assertNothingIsHeld();
    }

    @Test
    void whatIsHeldIsGivenBackWhenItsReaderGoesAway() {
        publish(new LogCaps(null, null, null, 50L));
        var rest = new Pieces(HEAD + logs(1, 50) + "}", 100, false);
        answering(rest.reply());
        call("eth_getLogs", ALL);
        rest.flow();

        ((Served) Objects.requireNonNull(answer)).reply().discard();

        assertNothingIsHeld();
    }

    @Test
    void aTagThatIsNotKnownIsAskedForOnce() {
        publish(new LogCaps(10L, null, null, null));
        answering(whole("{\"number\":\"0x3\",\"hash\":\"0x1\"}"));

        call("eth_getLogs", "[{\"fromBlock\":\"finalized\"}]");

        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().request().params().text()).isEqualTo("[\"finalized\",false]");
        assertThat(asked.getFirst().goesAs()).isEqualTo("eth_getLogs");
        assertThat(refused().data().text()).isEqualTo("{\"from\":\"0x3\",\"limit\":10,\"to\":\"0xc\"}");
        assertNothingIsHeld();
    }

    @Test
    void whatNoNodeKnowsForATagIsRefused() {
        publish(new LogCaps(10L, null, null, null));
        answering(whole("null"));

        call("eth_getLogs", "[{\"fromBlock\":\"0x1\",\"toBlock\":\"safe\"}]");

        assertThat(refused().why()).isEqualTo(Refusal.INVALID_PARAMS);
        assertThat(refused().detail()).contains("safe");
        assertNothingIsHeld();
    }

    @Test
    void whenNoNodeCanBeAskedForATagTheCallGetsWhatTheQuestionGot() {
        publish(new LogCaps(10L, null, null, null));
        answering(new Refused(Refusal.NODES_FAILED, "none"));

        call("eth_getLogs", "[{\"fromBlock\":\"safe\"}]");

        assertThat(refused().why()).isEqualTo(Refusal.NODES_FAILED);
    }

    /// From block 92 to the head, block 100, are few enough, whichever block is safe.
    @Test
    void onlyTheTagThatDecidesIsAskedFor() {
        publish(new LogCaps(10L, null, null, null));
        answering(whole("{\"number\":\"0x5c\"}"));
        answering(whole("[]"));

        call("eth_getLogs", "[{\"fromBlock\":\"finalized\",\"toBlock\":\"safe\"}]");

        assertThat(asked).hasSize(2);
        assertThat(served()).isEqualTo(HEAD + "[]}");
    }

    /// The workers' queue is full here, so that what waits for them is told from what is looked at at once.
    @Test
    void whatIsLargeIsNotReadOnAnEventLoop() {
        publish(new LogCaps(null, 10L, null, null));
        String large = "[{\"fromBlock\":\"0x1\",\"address\":[" + ("\"0x" + "1".repeat(40) + "\",").repeat(1_000)
                + "\"0x" + "1".repeat(40) + "\"]}]";
        var busy = new CountDownLatch(1);
        while (workers.take(() -> awaits(busy))) {}

        call("eth_getLogs", large);
        assertThat(refused().why()).isEqualTo(Refusal.OVERLOADED);
        answering(whole(logs(1, 1)));
        call("eth_getLogs", ALL);
        assertThat(served()).contains("blockNumber");
        busy.countDown();
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void errorsOfNodesPassAsTheyAre() {
        publish(new LogCaps(null, null, null, 1L));
        answering(new Refused(Refusal.DEADLINE, "late"));

        call("eth_getLogs", ALL);

        assertThat(refused().why()).isEqualTo(Refusal.DEADLINE);
    }

    @Test
    void anAnswerThatIsKnownIsCountedToo() {
        publish(new LogCaps(null, null, null, 8L));
        answering(new Known(Slice.of(logs(1, 8))));
        answering(new Known(Slice.of(logs(1, 9))));

        call("eth_getLogs", ALL);
        assertThat(answer).isInstanceOf(Known.class);
        call("eth_getLogs", ALL);

        assertThat(refused().detail()).startsWith("query returned more than 8 results. Try with");
    }

    private void publish(LogCaps caps) {
        var general = new GeneralPolicy(
                new CallerPolicy(MethodPolicy.NONE, null, caps, ErrorPolicy.NONE, TransactionPolicy.NONE),
                List.of(),
                Credits.ONE_EACH);
        var chains = List.of(new ChainAccess(Fleets.CHAIN, CallerPolicy.NONE, Map.of()));
        policy.publish(AccessPolicy.of(new PolicyPlan(general, List.of(), List.of()), chains, false));
        fleet.publish(new Fleet(1, Map.of(Fleets.CHAIN, Fleets.of("a").chain())));
    }

    private void answering(Answer said) {
        nodes.add(back -> back.accept(said));
    }

    private void answering(Reply reply) {
        answering(new Served(reply));
    }

    private void call(String method, String params) {
        var client = new Client(
                Tenant.PUBLIC, null, "127.0.0.1", new Peer("127.0.0.1", 1), null, null, ErrorPolicy.NONE, null);
        call = new Call(1, Fleets.CHAIN, Request.of(method, params), client, new EmbeddedChannel().eventLoop(), 0, 0);
        gate.take(
                call,
                (passed, back) -> {
                    asked.add(passed);
                    nodes.remove().accept(back);
                },
                said -> answer = said);
    }

    private Refused refused() {
        return (Refused) Objects.requireNonNull(answer, "no answer yet");
    }

    private String served() {
        Reply reply = ((Served) Objects.requireNonNull(answer, "no answer yet")).reply();
        var text = new StringBuilder(taken(reply.body()));
        Reply.Rest rest = reply.rest();
        if (rest == null) return text.toString();
        var slow = new SlowSink(text, rest);
        rest.into(slow);
        while (!slow.isWhole) rest.resume();
        assertThat(reply.length()).isEqualTo(text.length());
        return text.toString();
    }

    private static String taken(ByteBuf part) {
        String text = part.toString(StandardCharsets.UTF_8);
        part.release();
        return text;
    }

    private void assertNothingIsHeld() {
        assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 0);
        assertThat(budget.used()).isZero();
    }

    private Reply whole(String value) {
        return new Reply(buffer(HEAD + value + "}"), HEAD.length(), null, -1, null);
    }

    private ByteBuf buffer(String text) {
        ByteBuf buffer = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        buffers.add(buffer);
        return buffer;
    }

    /// One log in each block.
    private static String logs(int first, int last) {
        var logs = new ArrayList<String>();
        for (int block = first; block <= last; block++) logs.add(log(block));
        return "[" + String.join(",", logs) + "]";
    }

    private static String log(int block) {
        return "{\"data\":\"0xda7a\",\"blockNumber\":\"0x" + Integer.toHexString(block) + "\"}";
    }

    /// Pauses after each part.
    private static final class SlowSink implements Reply.Sink {
        private final StringBuilder text;
        private final Reply.Rest rest;
        private boolean isWhole;

        SlowSink(StringBuilder text, Reply.Rest rest) {
            this.text = text;
            this.rest = rest;
        }

        @Override
        public void part(ByteBuf part) {
            text.append(taken(part));
            rest.pause();
        }

        @Override
        public void end() {
            isWhole = true;
        }

        @Override
        public void cut(String cause) {
            throw new AssertionError(cause);
        }
    }

    /// A reply that comes in pieces when it is told to.
    private final class Pieces implements Reply.Rest {
        private final String text;
        private final int piece;
        private final boolean isCut;
        private Reply.@Nullable Sink sink;
        private boolean isAborted;

        Pieces(String text, int piece, boolean isCut) {
            this.text = text;
            this.piece = piece;
            this.isCut = isCut;
        }

        Reply reply() {
            return new Reply(buffer(text.substring(0, HEAD.length() + 1)), HEAD.length(), null, -1, this);
        }

        void flow() {
            for (int at = HEAD.length() + 1; at < text.length() && !isAborted; at += piece) {
                sink().part(buffer(text.substring(at, Math.min(text.length(), at + piece))));
                if (!isAborted) sink().lull();
            }
            if (isAborted) return;
            if (isCut) sink().cut("the connection was closed");
            else sink().end();
        }

        void flowOn(String more) {
            for (int at = HEAD.length() + 1; at < text.length(); at += piece) {
                sink().part(buffer(text.substring(at, Math.min(text.length(), at + piece))));
            }
            for (int at = 0; at < more.length() && !isAborted; at += 64 * 1024) {
                sink().part(buffer(more.substring(at, Math.min(more.length(), at + 64 * 1024))));
            }
        }

        private Reply.Sink sink() {
            return Objects.requireNonNull(sink, "nobody wanted the rest yet");
        }

        @Override
        public void into(Reply.Sink taker) {
            sink = taker;
        }

        @Override
        public void pause() {
            throw new AssertionError("what is held is not paused");
        }

        @Override
        public void resume() {
            throw new AssertionError("what is held is not paused");
        }

        @Override
        public void abort() {
            isAborted = true;
        }
    }
}
