package dev.fairlead.data.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
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
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), method);

        List<ClientCall> asked = traffic(nodes, method, 20);
        nodes.pass(Duration.ofSeconds(3));

        assertThat(asked).allSatisfy(one -> assertThat(one.text()).isEqualTo("\"b\""));
        assertThat(nodes.events.attempts).noneMatch(attempt -> "timeout".equals(attempt.reason()));
        assertThat(nodes.traffic.inFlight(Fleets.id("a"))).isZero();
    }

    /// Two nodes of three hang at the service, and the monitor sees nothing of it.
    @Test
    void callsThatHangAtOneNodeAndThenAtTheNextReachTheOneThatAnswers() {
        ScriptedNodes nodes = lab(Fleets.of("a", "b", "c"), "eth_call");
        nodes.script("b", request -> request.method().equals("eth_call") ? null : nodes.result("\"b\""));

        List<ClientCall> asked = traffic(nodes, "eth_call", 40);
        nodes.pass(Duration.ofSeconds(19));

        assertThat(asked).allSatisfy(one -> assertThat(one.text()).isEqualTo("\"c\""));
    }

    @Test
    void itsOtherCallsGoOn() {
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), "eth_call");
        traffic(nodes, "eth_call", 20);
        nodes.pass(Duration.ofSeconds(3));

        assertThat(nodes.call("eth_gasPrice", "[]").text()).isEqualTo("\"a\"");
        assertThat(nodes.events.lines).noneMatch(line -> line.startsWith("ejected"));
    }

    @Test
    void aNodeThatHangsAgainIsSparedAfterOneMoreCall() {
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), "eth_call");
        traffic(nodes, "eth_call", 20);
        nodes.pass(Duration.ofSeconds(10));
        int before = nodes.asked.size();

        List<ClientCall> again = new ArrayList<>();
        for (int i = 0; i < 4; i++) again.add(nodes.call("eth_call", PARAMS));
        nodes.pass(Duration.ofSeconds(3));

        assertThat(nodes.asked.subList(before, nodes.asked.size())).contains("a");
        assertThat(again).allSatisfy(one -> assertThat(one.text()).isEqualTo("\"b\""));
    }

    @Test
    void aNodeThatAnswersAgainIsUsedAgain() {
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), "eth_call");
        traffic(nodes, "eth_call", 20);
        nodes.pass(Duration.ofSeconds(10));
        nodes.says("a", "\"a\"");

        List<ClientCall> again = traffic(nodes, "eth_call", 10);

        assertThat(again).extracting(ClientCall::text).containsOnly("\"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth_call", "eth_getLogs", "debug_traceTransaction", "eth_getProof"})
    void oneCallThatRanOutOfItsTimeIsEnoughForWhoCallsOneByOne(String method) {
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), method);
        Request request = Request.of(method, "[{},\"0x1\",\"0x1\"]");
        ClientCall first = nodes.call(request, Duration.ofSeconds(60));
        nodes.pass(Duration.ofSeconds(31));

        List<ClientCall> later = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            later.add(nodes.call(request, Duration.ofSeconds(60)));
            nodes.pass(Duration.ofSeconds(2));
            assertThat(later.getLast().text()).as("call " + i).isEqualTo("\"b\"");
        }

        assertThat(first.text()).isEqualTo("\"b\"");
        assertThat(nodes.asked.stream().filter("a"::equals).count()).isLessThan(9);
        assertThat(nodes.events.lines).noneMatch(line -> line.startsWith("ejected"));
        assertThat(nodes.call("eth_gasPrice", "[]").text()).isEqualTo("\"a\"");
    }

    @Test
    void aQuickCallThatHangsIsEnoughToo() {
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), "eth_getBalance");
        nodes.call("eth_getBalance", PARAMS);
        for (int i = 0; i < 8; i++) {
            nodes.call("eth_gasPrice", "[]");
            nodes.pass(Duration.ofMillis(550));
        }

        assertThat(nodes.call("eth_getBalance", PARAMS).text()).isEqualTo("\"b\"");
        assertThat(nodes.call("eth_gasPrice", "[]").text()).isEqualTo("\"a\"");
    }

    /// Many clients wait for ten seconds.
    @ParameterizedTest
    @ValueSource(strings = {"eth_call", "eth_estimateGas", "eth_createAccessList"})
    void oneCallThatTheEvmRunsIsMovedBeforeItsClientGivesUp(String method) {
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), method);
        ClientCall first = nodes.call(Request.of(method, PARAMS), Duration.ofSeconds(60));
        nodes.pass(Duration.ofSeconds(9));
        ClientCall second = nodes.call(Request.of(method, PARAMS), Duration.ofSeconds(60));

        assertThat(first.text()).isEqualTo("\"b\"");
        assertThat(second.text()).isEqualTo("\"b\"");
        assertThat(nodes.events.lines).containsExactly("spared a for execution");
    }

    @Test
    void oneCallThatHangsWhileAnotherNodeAnswersManyIsMovedToo() {
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), "eth_call");
        ClientCall first = nodes.call(Request.of("eth_call", PARAMS), Duration.ofSeconds(60));
        for (int i = 0; i < 90; i++) {
            nodes.pass(Duration.ofMillis(100));
            if (i > 15) assertThat(nodes.call("eth_call", PARAMS).text()).isEqualTo("\"b\"");
        }

        assertThat(first.text()).isEqualTo("\"b\"");
        assertThat(nodes.asked.stream().filter("a"::equals).count()).isEqualTo(1);
    }

    @Test
    void oneCallThatTakesLongEverywhereIsMovedOnceAndGivenItsTime() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        for (String node : "a b c".split(" ")) nodes.script(node, ScriptedNodes.HANGS);
        ClientCall one = nodes.call(Request.of("eth_call", PARAMS), Duration.ofSeconds(60));
        nodes.pass(Duration.ofSeconds(28));

        nodes.pending.getLast().end(nodes.result("\"late\""));

        assertThat(one.text()).isEqualTo("\"late\"");
        assertThat(nodes.asked).hasSize(2);
        assertThat(nodes.events.lines).isEmpty();
    }

    /// As with clients that wait for ten seconds.
    @Test
    void whoGivesUpOnACallDoesNotWaitForTheNextOne() {
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), "eth_getProof");
        ClientCall first = nodes.call(Request.of("eth_getProof", PARAMS), Duration.ofSeconds(60));
        nodes.pass(Duration.ofSeconds(10));
        first.call.abandon();

        ClientCall second = nodes.call(Request.of("eth_getProof", PARAMS), Duration.ofSeconds(60));
        nodes.pass(Duration.ofSeconds(3));
        ClientCall third = nodes.call(Request.of("eth_getProof", PARAMS), Duration.ofSeconds(60));

        assertThat(second.text()).isEqualTo("\"b\"");
        assertThat(third.text()).isEqualTo("\"b\"");
        assertThat(nodes.asked).containsExactly("a", "a", "b", "b");
    }

    /// As with clients that wait for less than an attempt may take.
    @ParameterizedTest
    @ValueSource(strings = {"eth_call", "debug_traceCall"})
    void whoGivesUpSoonDoesNotDoSoForEver(String method) {
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), method);
        for (int i = 0; i < 3; i++) {
            ClientCall lost = nodes.call(Request.of(method, PARAMS), Duration.ofSeconds(60));
            nodes.pass(Duration.ofMillis(2_500));
            lost.call.abandon();
        }

        for (int i = 0; i < 4; i++) {
            ClientCall next = nodes.call(Request.of(method, PARAMS), Duration.ofSeconds(60));
            nodes.pass(Duration.ofMillis(2_500));
            assertThat(next.text()).as("call " + i).isEqualTo("\"b\"");
        }
        assertThat(nodes.events.lines).contains("spared a for " + (method.equals("eth_call") ? "execution" : "traces"));
    }

    @Test
    void aChangeOfMindProvesNothing() {
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), "eth_call");
        for (int i = 0; i < 10; i++) {
            ClientCall lost = nodes.call(Request.of("eth_call", PARAMS), Duration.ofSeconds(60));
            nodes.pass(Duration.ofMillis(500));
            lost.call.abandon();
        }
        nodes.call(Request.of("eth_call", PARAMS), Duration.ofSeconds(60));
        nodes.pass(Duration.ofMillis(3_500));

        assertThat(nodes.asked).containsOnly("a");
    }

    @Test
    void whoGivesUpOnACallAtANodeThatAnswersOthersProvesNothing() {
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), "debug_traceCall");
        ClientCall first = nodes.call(Request.of("debug_traceCall", PARAMS), Duration.ofSeconds(60));
        nodes.pass(Duration.ofSeconds(5));
        nodes.says("a", "\"a\"");
        nodes.call("debug_traceCall", PARAMS);
        first.call.abandon();
        nodes.script("a", _ -> null);

        ClientCall second = nodes.call(Request.of("debug_traceCall", PARAMS), Duration.ofSeconds(60));
        nodes.pass(Duration.ofSeconds(12));
        for (ScriptedNodes.Pending pending : List.copyOf(nodes.pending)) pending.end(nodes.result("\"late\""));

        assertThat(second.text()).isEqualTo("\"late\"");
    }

    @Test
    void aCallThatIsHeavyForAllIsPutToTwoNodesAtTheMost() {
        ScriptedNodes nodes = lab(Fleets.of("a", "b", "c", "d").ordered(), "eth_call");
        for (String node : "b c d".split(" ")) nodes.script(node, ScriptedNodes.HANGS);

        ClientCall one = nodes.call(Request.of("eth_call", PARAMS), Duration.ofSeconds(200));
        nodes.pass(Duration.ofSeconds(199));

        assertThat(one.answers).hasSize(1);
        assertThat(nodes.asked).hasSize(2);
    }

    @Test
    void callsThatTakeLongEverywhereAreGivenTheirTime() {
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), "eth_call").script("b", ScriptedNodes.HANGS);
        List<ClientCall> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) asked.add(nodes.call("eth_call", PARAMS));

        nodes.pass(Duration.ofSeconds(15));
        for (ScriptedNodes.Pending pending : List.copyOf(nodes.pending)) pending.end(nodes.result("\"late\""));

        assertThat(asked).allSatisfy(one -> assertThat(one.text()).isEqualTo("\"late\""));
        assertThat(nodes.asked).as("one of them has tried the other node").hasSize(9);
        assertThat(nodes.events.lines).isEmpty();
    }

    @Test
    void heavyCallsAtANodeThatAnswersLightOnesAreGivenTheirTime() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered()).script("a", ScriptedNodes.HANGS);
        List<ClientCall> heavy = new ArrayList<>();
        for (int i = 0; i < 5; i++) heavy.add(nodes.call("eth_call", PARAMS));
        nodes.says("a", "\"a\"");

        for (int i = 0; i < 100; i++) {
            nodes.call("eth_call", PARAMS);
            nodes.pass(Duration.ofMillis(100));
        }
        for (ScriptedNodes.Pending pending : List.copyOf(nodes.pending)) pending.end(nodes.result("\"late\""));

        assertThat(heavy).allSatisfy(one -> assertThat(one.text()).isEqualTo("\"late\""));
        assertThat(nodes.events.lines).isEmpty();
    }

    @Test
    void whenNothingHangsAnyMoreNothingIsRemembered() {
        ScriptedNodes nodes = lab(Fleets.of("a", "b").ordered(), "eth_call");
        ClientCall one = nodes.call("eth_call", PARAMS);
        nodes.pass(Duration.ofSeconds(6));
        for (ScriptedNodes.Pending pending : List.copyOf(nodes.pending)) pending.end(nodes.result("\"late\""));
        nodes.pass(Duration.ofSeconds(1));

        assertThat(one.answers).hasSize(1);
        for (String node : List.of("a", "b")) {
            assertThat(nodes.traffic.node(Fleets.id(node)).failures(dev.fairlead.core.eth.Service.EXECUTION))
                    .isSameAs(FailureWindow.CLEAN);
        }
    }

    /// Node `a` never answers that method.
    private static ScriptedNodes lab(Fleets fleets, String method) {
        var nodes = new ScriptedNodes(fleets);
        Function<Request, @Nullable Outcome> hangs =
                request -> request.method().equals(method) ? null : nodes.result("\"a\"");
        return nodes.script("a", hangs);
    }

    /// A call each half second.
    private static List<ClientCall> traffic(ScriptedNodes nodes, String method, int calls) {
        List<ClientCall> asked = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            asked.add(nodes.call(Request.of(method, "[{},\"0x1\",\"0x1\"]"), Duration.ofSeconds(60)));
            nodes.pass(Duration.ofMillis(500));
        }
        return asked;
    }
}
