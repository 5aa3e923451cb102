package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.failover.Lab.Asked;
import dev.fairlead.data.load.FailureWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A node that answers what is easy, and never what needs one of its services.
class HangingCallsTest {
    private static final String PARAMS = "[{},\"latest\"]";

    @ParameterizedTest
    @ValueSource(strings = {"eth_call", "eth_estimateGas", "eth_getLogs", "debug_traceTransaction", "eth_getProof"})
    void severalCallsThatHangWhileAnotherNodeAnswersAreMovedThereLongBeforeTheirTimeIsOver(String method) {
        Lab lab = lab(Fleets.of("a", "b").ordered(), method);

        List<Asked> asked = traffic(lab, method, 20);
        lab.pass(Duration.ofSeconds(3));

        assertThat(asked).allSatisfy(one -> assertThat(one.text()).isEqualTo("\"b\""));
        assertThat(lab.told.attempts).noneMatch(attempt -> "timeout".equals(attempt.reason()));
        assertThat(lab.traffic.inFlight(Fleets.id("a"))).isZero();
    }

    @Test
    void itsOtherCallsGoOn() {
        Lab lab = lab(Fleets.of("a", "b").ordered(), "eth_call");
        traffic(lab, "eth_call", 20);
        lab.pass(Duration.ofSeconds(3));

        assertThat(lab.call("eth_gasPrice", "[]").text()).isEqualTo("\"a\"");
        assertThat(lab.told.lines).noneMatch(line -> line.startsWith("ejected"));
    }

    @Test
    void aNodeThatHangsAgainIsSparedAfterOneMoreCall() {
        Lab lab = lab(Fleets.of("a", "b").ordered(), "eth_call");
        traffic(lab, "eth_call", 20);
        lab.pass(Duration.ofSeconds(10));
        int before = lab.asked.size();

        List<Asked> again = new ArrayList<>();
        for (int i = 0; i < 4; i++) again.add(lab.call("eth_call", PARAMS));
        lab.pass(Duration.ofSeconds(3));

        assertThat(lab.asked.subList(before, lab.asked.size())).contains("a");
        assertThat(again).allSatisfy(one -> assertThat(one.text()).isEqualTo("\"b\""));
    }

    @Test
    void aNodeThatAnswersAgainIsUsedAgain() {
        Lab lab = lab(Fleets.of("a", "b").ordered(), "eth_call");
        traffic(lab, "eth_call", 20);
        lab.pass(Duration.ofSeconds(10));
        lab.says("a", "\"a\"");

        List<Asked> again = traffic(lab, "eth_call", 10);

        assertThat(again).extracting(Asked::text).containsOnly("\"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth_call", "eth_getLogs", "debug_traceTransaction", "eth_getProof"})
    void oneCallThatRanOutOfItsTimeIsEnoughForWhoCallsOneByOne(String method) {
        Lab lab = lab(Fleets.of("a", "b").ordered(), method);
        Request request = Request.of(method, "[{},\"0x1\",\"0x1\"]");
        Asked first = lab.call(request, Duration.ofSeconds(60));
        lab.pass(Duration.ofSeconds(31));

        List<Asked> later = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            later.add(lab.call(request, Duration.ofSeconds(60)));
            lab.pass(Duration.ofSeconds(2));
            assertThat(later.getLast().text()).as("call " + i).isEqualTo("\"b\"");
        }

        assertThat(first.text()).isEqualTo("\"b\"");
        assertThat(lab.asked.stream().filter("a"::equals).count()).isLessThan(9);
        assertThat(lab.told.lines).noneMatch(line -> line.startsWith("ejected"));
        assertThat(lab.call("eth_gasPrice", "[]").text()).isEqualTo("\"a\"");
    }

    @Test
    void aQuickCallThatHangsIsEnoughToo() {
        Lab lab = lab(Fleets.of("a", "b").ordered(), "eth_getBalance");
        lab.call("eth_getBalance", PARAMS);
        for (int i = 0; i < 8; i++) {
            lab.call("eth_gasPrice", "[]");
            lab.pass(Duration.ofMillis(550));
        }

        assertThat(lab.call("eth_getBalance", PARAMS).text()).isEqualTo("\"b\"");
        assertThat(lab.call("eth_gasPrice", "[]").text()).isEqualTo("\"a\"");
    }

    /// Many clients wait for ten seconds.
    @ParameterizedTest
    @ValueSource(strings = {"eth_call", "eth_estimateGas", "eth_createAccessList"})
    void oneCallThatTheEvmRunsIsMovedBeforeItsClientGivesUp(String method) {
        Lab lab = lab(Fleets.of("a", "b").ordered(), method);
        Asked first = lab.call(Request.of(method, PARAMS), Duration.ofSeconds(60));
        lab.pass(Duration.ofSeconds(9));
        Asked second = lab.call(Request.of(method, PARAMS), Duration.ofSeconds(60));

        assertThat(first.text()).isEqualTo("\"b\"");
        assertThat(second.text()).isEqualTo("\"b\"");
        assertThat(lab.told.lines).containsExactly("spared a for execution");
    }

    @Test
    void oneCallThatHangsWhileAnotherNodeAnswersManyIsMovedToo() {
        Lab lab = lab(Fleets.of("a", "b").ordered(), "eth_call");
        Asked first = lab.call(Request.of("eth_call", PARAMS), Duration.ofSeconds(60));
        for (int i = 0; i < 90; i++) {
            lab.pass(Duration.ofMillis(100));
            if (i > 15) assertThat(lab.call("eth_call", PARAMS).text()).isEqualTo("\"b\"");
        }

        assertThat(first.text()).isEqualTo("\"b\"");
        assertThat(lab.asked.stream().filter("a"::equals).count()).isEqualTo(1);
    }

    @Test
    void oneCallThatTakesLongEverywhereIsMovedOnceAndGivenItsTime() {
        var lab = new Lab(Fleets.of("a", "b", "c").ordered());
        for (String node : "a b c".split(" ")) lab.script(node, Lab.HANGS);
        Asked one = lab.call(Request.of("eth_call", PARAMS), Duration.ofSeconds(60));
        lab.pass(Duration.ofSeconds(28));

        lab.pending.getLast().end(lab.result("\"late\""));

        assertThat(one.text()).isEqualTo("\"late\"");
        assertThat(lab.asked).hasSize(2);
        assertThat(lab.told.lines).isEmpty();
    }

    /// As with clients that wait for ten seconds.
    @Test
    void whoGivesUpOnACallDoesNotWaitForTheNextOne() {
        Lab lab = lab(Fleets.of("a", "b").ordered(), "eth_getProof");
        Asked first = lab.call(Request.of("eth_getProof", PARAMS), Duration.ofSeconds(60));
        lab.pass(Duration.ofSeconds(10));
        first.call.abandon();

        Asked second = lab.call(Request.of("eth_getProof", PARAMS), Duration.ofSeconds(60));
        lab.pass(Duration.ofSeconds(3));
        Asked third = lab.call(Request.of("eth_getProof", PARAMS), Duration.ofSeconds(60));

        assertThat(second.text()).isEqualTo("\"b\"");
        assertThat(third.text()).isEqualTo("\"b\"");
        assertThat(lab.asked).containsExactly("a", "a", "b", "b");
    }

    /// As with clients that wait for less than an attempt may take.
    @ParameterizedTest
    @ValueSource(strings = {"eth_call", "debug_traceCall"})
    void whoGivesUpSoonDoesNotDoSoForEver(String method) {
        Lab lab = lab(Fleets.of("a", "b").ordered(), method);
        for (int i = 0; i < 3; i++) {
            Asked lost = lab.call(Request.of(method, PARAMS), Duration.ofSeconds(60));
            lab.pass(Duration.ofMillis(2_500));
            lost.call.abandon();
        }

        for (int i = 0; i < 4; i++) {
            Asked next = lab.call(Request.of(method, PARAMS), Duration.ofSeconds(60));
            lab.pass(Duration.ofMillis(2_500));
            assertThat(next.text()).as("call " + i).isEqualTo("\"b\"");
        }
        assertThat(lab.told.lines).contains("spared a for " + (method.equals("eth_call") ? "execution" : "traces"));
    }

    @Test
    void aChangeOfMindProvesNothing() {
        Lab lab = lab(Fleets.of("a", "b").ordered(), "eth_call");
        for (int i = 0; i < 10; i++) {
            Asked lost = lab.call(Request.of("eth_call", PARAMS), Duration.ofSeconds(60));
            lab.pass(Duration.ofMillis(500));
            lost.call.abandon();
        }
        lab.call(Request.of("eth_call", PARAMS), Duration.ofSeconds(60));
        lab.pass(Duration.ofMillis(3_500));

        assertThat(lab.asked).containsOnly("a");
    }

    @Test
    void whoGivesUpOnACallAtANodeThatAnswersOthersProvesNothing() {
        Lab lab = lab(Fleets.of("a", "b").ordered(), "debug_traceCall");
        Asked first = lab.call(Request.of("debug_traceCall", PARAMS), Duration.ofSeconds(60));
        lab.pass(Duration.ofSeconds(5));
        lab.says("a", "\"a\"");
        lab.call("debug_traceCall", PARAMS);
        first.call.abandon();
        lab.script("a", _ -> null);

        Asked second = lab.call(Request.of("debug_traceCall", PARAMS), Duration.ofSeconds(60));
        lab.pass(Duration.ofSeconds(12));
        for (Lab.Pending pending : List.copyOf(lab.pending)) pending.end(lab.result("\"late\""));

        assertThat(second.text()).isEqualTo("\"late\"");
    }

    @Test
    void aCallThatIsHeavyForAllIsPutToTwoNodesAtTheMost() {
        Lab lab = lab(Fleets.of("a", "b", "c", "d").ordered(), "eth_call");
        for (String node : "b c d".split(" ")) lab.script(node, Lab.HANGS);

        Asked one = lab.call(Request.of("eth_call", PARAMS), Duration.ofSeconds(200));
        lab.pass(Duration.ofSeconds(199));

        assertThat(one.answers).hasSize(1);
        assertThat(lab.asked).hasSize(2);
    }

    @Test
    void callsThatTakeLongEverywhereAreGivenTheirTime() {
        Lab lab = lab(Fleets.of("a", "b").ordered(), "eth_call").script("b", Lab.HANGS);
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) asked.add(lab.call("eth_call", PARAMS));

        lab.pass(Duration.ofSeconds(15));
        for (Lab.Pending pending : List.copyOf(lab.pending)) pending.end(lab.result("\"late\""));

        assertThat(asked).allSatisfy(one -> assertThat(one.text()).isEqualTo("\"late\""));
        assertThat(lab.asked).as("one of them has tried the other node").hasSize(9);
        assertThat(lab.told.lines).isEmpty();
    }

    @Test
    void heavyCallsAtANodeThatAnswersLightOnesAreGivenTheirTime() {
        var lab = new Lab(Fleets.of("a", "b").ordered()).script("a", Lab.HANGS);
        List<Asked> heavy = new ArrayList<>();
        for (int i = 0; i < 5; i++) heavy.add(lab.call("eth_call", PARAMS));
        lab.says("a", "\"a\"");

        for (int i = 0; i < 100; i++) {
            lab.call("eth_call", PARAMS);
            lab.pass(Duration.ofMillis(100));
        }
        for (Lab.Pending pending : List.copyOf(lab.pending)) pending.end(lab.result("\"late\""));

        assertThat(heavy).allSatisfy(one -> assertThat(one.text()).isEqualTo("\"late\""));
        assertThat(lab.told.lines).isEmpty();
    }

    @Test
    void whenNothingHangsAnyMoreNothingIsRemembered() {
        Lab lab = lab(Fleets.of("a", "b").ordered(), "eth_call");
        Asked one = lab.call("eth_call", PARAMS);
        lab.pass(Duration.ofSeconds(6));
        for (Lab.Pending pending : List.copyOf(lab.pending)) pending.end(lab.result("\"late\""));
        lab.pass(Duration.ofSeconds(1));

        assertThat(one.answers).hasSize(1);
        for (String node : List.of("a", "b")) {
            assertThat(lab.traffic.node(Fleets.id(node)).past(dev.fairlead.core.eth.Service.EXECUTION))
                    .isSameAs(FailureWindow.CLEAN);
        }
    }

    /// Node `a` never answers that method.
    private static Lab lab(Fleets fleets, String method) {
        var lab = new Lab(fleets);
        Function<Request, @Nullable Outcome> hangs =
                request -> request.method().equals(method) ? null : lab.result("\"a\"");
        return lab.script("a", hangs);
    }

    /// A call each half second.
    private static List<Asked> traffic(Lab lab, String method, int calls) {
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            asked.add(lab.call(Request.of(method, "[{},\"0x1\",\"0x1\"]"), Duration.ofSeconds(60)));
            lab.pass(Duration.ofMillis(500));
        }
        return asked;
    }
}
