package dev.fairlead.data.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.support.Await;
import io.netty.channel.DefaultEventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallWorkersTest {
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final CallWorkers workers = new CallWorkers(2, (_, doing, _) -> faults.add(doing));
    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final List<String> given = new CopyOnWriteArrayList<>();
    private final List<Answer> answers = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        workers.close();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void theWorkIsDoneElsewhereAndTheCallGoesOnAtItsEventLoop() {
        workers.work(
                call("[]"),
                () -> loop.inEventLoop() ? "worked at the loop" : "worked elsewhere",
                worked -> given.add(worked + (loop.inEventLoop() ? ", given at the loop" : ", given elsewhere")),
                answers::add);

        Await.until("it is given", () -> !given.isEmpty());
        assertThat(given).containsExactly("worked elsewhere, given at the loop");
        assertThat(answers).isEmpty();
    }

    @Test
    void aCallWhoseClientIsGoneDoesNotGoOn() {
        Call call = call("[]");
        call.abandon();

        workers.work(call, () -> "gone", given::add, answers::add);
        workers.work(call("[]"), () -> "next", given::add, answers::add);

        Await.until("the next one is given", () -> !given.isEmpty());
        assertThat(given).containsExactly("next");
        assertThat(answers).isEmpty();
    }

    @Test
    void aFaultOfTheWorkIsToldAndRefusesTheCall() {
        workers.work(
                call("[]"),
                () -> {
                    throw new IllegalStateException("a bug");
                },
                _ -> given.add("nothing"),
                answers::add);

        Await.until("it is refused", () -> !answers.isEmpty());
        assertThat(answers)
                .singleElement()
                .extracting(answer -> ((Refused) answer).why())
                .isEqualTo(Refusal.INTERNAL);
        assertThat(faults).containsExactly("the check of a call met a fault");
        assertThat(given).isEmpty();
    }

    @Test
    void paramsOfAFewKilobytesAreSmall() {
        assertThat(CallWorkers.isSmall(call("[" + "1,".repeat(15_000) + "1]"))).isTrue();
        assertThat(CallWorkers.isSmall(call("[" + "1,".repeat(20_000) + "1]"))).isFalse();
    }

    private Call call(String params) {
        var client = new Client(
                Tenant.PUBLIC, null, "127.0.0.1", new Peer("127.0.0.1", 1), null, null, ErrorPolicy.NONE, null);
        return new Call(1, "mainnet", Request.of("eth_getLogs", params), client, loop, 0, 0);
    }
}
