package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Outcome.Declined;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.submission.Effect;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the end of an attempt means for the call.
class MoveTest {
    private static final String HASH = "0x" + "ab".repeat(32);
    private static final CallKind SIGNED = new CallKind.Signed(HASH, false);
    private static final CallKind PENDING_COUNT = new CallKind.PendingCount(1);
    private static final CallKind LOOKUP = new CallKind.Lookup(1, false);

    @ParameterizedTest
    @CsvSource({
        "reading, result, Give",
        "reading, error, Give",
        "reading, declined, Next",
        "reading, not sent, Next",
        "reading, unanswered, Next",
        "reading, stale, Again",
        "reading, stale again, Next",
        "lookup, result, Give",
        "lookup, declined, Next",
        "lookup, stale, Again",
        "head number, result, Weigh",
        "head number, error, Give",
        "head number, declined, Next",
        "head number, stale, Again",
        "head block, result, Weigh",
        "head block, error, Give",
        "head block, unanswered, Next",
        "pending count, result, Weigh",
        "pending count, error, Give",
        "pending count, unanswered, Next",
        "signed, result, Give",
        "signed, error, LookUp",
        "signed, already known, Accepted",
        "signed, declined, Next",
        "signed, declined as known, Accepted",
        "signed, not sent, Next",
        "signed, unanswered, Next",
        "signed, stale, Again",
        "signed, stale again, Next",
        "once, result, Give",
        "once, error, Stop",
        "once, verdict, Give",
        "once, not sent, Next",
        "once, unanswered, Stop",
        "once, stale, Stop",
    })
    void whatIsDoneAfterAnAttempt(String kind, String outcome, String expected) {
        boolean again = outcome.equals("stale again");

        assertThat(name(Move.after(kind(kind), outcome(outcome), again))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "reading, declined, NONE",
        "reading, stale, NONE",
        "signed, declined, POSSIBLE",
        "signed, not sent, NONE",
        "signed, unanswered, LOST",
        "signed, stale, LOST",
        "once, not sent, NONE",
    })
    void whatTheAttemptMayHaveDoneAllTheSame(String kind, String outcome, Effect expected) {
        Move move = Move.after(kind(kind), outcome(outcome), false);

        assertThat(move).isInstanceOf(Move.GoOn.class);
        assertThat(((Move.GoOn) move).effect()).isEqualTo(expected);
    }

    @Test
    void onlyAProofThatNothingWasDoneSendsACallThatMustNotBeDoneTwiceToAnotherNode() {
        assertThat(each(proof -> move(CallKind.ONCE, proof)))
                .isEqualTo(Map.of(
                        Proof.INVALID, "Stop",
                        Proof.VERDICT, "Stop",
                        Proof.NOT_OFFERED, "Elsewhere",
                        Proof.TURNED_AWAY, "Stop",
                        Proof.BARRED, "Stop",
                        Proof.NONE, "Stop",
                        Proof.LOST, "Stop"));
        assertThat(each(proof -> move(CallKind.SIGNED_PARTS, proof)))
                .isEqualTo(Map.of(
                        Proof.INVALID, "Stop",
                        Proof.VERDICT, "Stop",
                        Proof.NOT_OFFERED, "Elsewhere",
                        Proof.TURNED_AWAY, "Elsewhere",
                        Proof.BARRED, "Stop",
                        Proof.NONE, "Stop",
                        Proof.LOST, "Stop"));
    }

    private static <T> Map<Proof, T> each(Function<Proof, T> decided) {
        return Arrays.stream(Proof.values()).collect(Collectors.toMap(proof -> proof, decided));
    }

    private static String move(CallKind kind, Proof proof) {
        return name(Move.after(kind, declined(proof, null), false));
    }

    private static String name(Move move) {
        return move.getClass().getSimpleName();
    }

    private static CallKind kind(String name) {
        return switch (name) {
            case "reading" -> CallKind.READING;
            case "lookup" -> LOOKUP;
            case "head number" -> CallKind.HEAD_NUMBER;
            case "head block" -> new CallKind.HeadBlock(BlockRef.Tag.LATEST);
            case "pending count" -> PENDING_COUNT;
            case "signed" -> SIGNED;
            case "once" -> CallKind.ONCE;
            default -> throw new AssertionError(name);
        };
    }

    private static Outcome outcome(String name) {
        return switch (name) {
            case "result" -> answered(null);
            case "error" -> answered(new RpcError(-32000, "bad gateway"));
            case "verdict" -> answered(ScriptedNodes.wellFormed(-32000, "nonce too low"));
            case "already known" -> answered(new RpcError(-32000, "already known"));
            case "declined" -> declined(Proof.NONE, null);
            case "declined as known" -> declined(Proof.NONE, new RpcError(-32000, "already known"));
            case "not sent" -> new Outcome.NotSent("connection refused");
            case "unanswered" -> new Outcome.Unanswered("connection reset");
            case "stale", "stale again" -> new Outcome.Unanswered(NoAnswerReason.STALE, "connection reset");
            default -> throw new AssertionError(name);
        };
    }

    private static Outcome answered(@Nullable RpcError error) {
        return new Outcome.Answered(new Reply(Unpooled.EMPTY_BUFFER, 0, error, 0, null));
    }

    private static Declined declined(Proof proof, @Nullable RpcError error) {
        return new Declined(ErrorMeaning.INTERNAL, 400, error, proof, Duration.ZERO, "HTTP 400");
    }
}
