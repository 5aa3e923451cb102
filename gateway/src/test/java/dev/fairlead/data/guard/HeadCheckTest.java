package dev.fairlead.data.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.routing.CallKind;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether a node has reached the block 100 that clients were shown.
class HeadCheckTest {
    @ParameterizedTest
    @CsvSource({
        "99, BEHIND",
        "100, REACHED",
        "101, REACHED",
        "-1, REACHED",
        BlockNumber.BEYOND + ", BEHIND",
    })
    void byTheHeadThatItTold(long head, HeadCheck expected) {
        var told = new Outcome.Answered(new Reply(Unpooled.EMPTY_BUFFER, 0, null, 0, null));

        assertThat(HeadCheck.of(told, head, 100)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"UNSUPPORTED, REACHED", "RATE_LIMITED, FAILED", "INTERNAL, FAILED"})
    void aNodeThatDoesNotTellItsHeadIsTakenAsItIs(ErrorMeaning meaning, HeadCheck expected) {
        var declined = new Outcome.Declined(meaning, 200, null, Proof.NONE, Duration.ZERO, "no");

        assertThat(HeadCheck.of(declined, -1, 100)).isEqualTo(expected);
        assertThat(HeadCheck.of(new Outcome.NotSent("refused"), -1, 100)).isEqualTo(HeadCheck.FAILED);
        assertThat(HeadCheck.of(new Outcome.Unanswered("reset"), -1, 100)).isEqualTo(HeadCheck.FAILED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eth_call | [{},\"latest\"] | true",
                "eth_call | [{},\"0x5\"] | false",
                "eth_getBalance | [\"0x1\",\"pending\"] | true",
                "eth_getLogs | [{\"fromBlock\":\"0x1\",\"toBlock\":\"latest\"}] | true",
                "eth_blockNumber | [] | false",
                "eth_getBlockByNumber | [\"latest\",false] | false",
                "eth_sendRawTransaction | [\"0x02c20102\"] | false",
            })
    void onlyForAnswersThatDoNotShowOfWhichBlockTheyAre(String name, String params, boolean expected) {
        Method method = MethodTable.of(name);
        Request request = Request.of(name, params);
        BlockRef named = BlockRef.of(method, request.params());

        assertThat(HeadCheck.isFor(method, CallKind.of(method, named, request), named))
                .isEqualTo(expected);
    }
}
