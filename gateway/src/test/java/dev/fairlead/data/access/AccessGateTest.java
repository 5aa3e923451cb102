package dev.fairlead.data.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.allow.CallScope;
import dev.fairlead.core.allow.ContractAddress;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.jsonrpc.Envelope;
import dev.fairlead.core.jsonrpc.Envelope.Element;
import dev.fairlead.core.jsonrpc.EnvelopeReader;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.CallerPolicy;
import dev.fairlead.core.policy.ChainAccess;
import dev.fairlead.core.policy.MethodDecision.Closed;
import dev.fairlead.core.policy.MethodRule;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.CallWorkers;
import dev.fairlead.data.call.CallerBuckets;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.support.QuietEvents;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessGateTest {
    private static final MethodRule PRESET = new MethodRule("policy.preset", "dapp");

    private final CallWorkers workers = new CallWorkers(2, Faults.TO_LOG);

    @AfterEach
    void stop() {
        workers.close();
    }

    @ParameterizedTest
    @CsvSource({
        "debug_traceCall,     it is not open to callers",
        "eth_fillTransaction, it is not open to callers",
        "admin_peers,         call the node itself",
        "foo_bar,             it is not known"
    })
    void theRefusalIsOneThatClientsFallBackFrom(String method, String why) {
        Refused refused = (Refused) AccessGate.answer(MethodTable.of(method), new Closed(PRESET, false));

        assertThat(refused.why()).isEqualTo(Refusal.METHOD_NOT_FOUND);
        assertThat(refused.why().code()).isEqualTo(-32601);
        assertThat(refused.why().httpStatus()).isEqualTo(200);
        assertThat(refused.detail()).contains("the method " + method + " does not exist/is not available", why);
    }

    @Test
    void thatThereAreNoAccountsIsSaidAsAnAnswer() {
        var accounts = MethodTable.of("eth_accounts");

        assertThat(AccessGate.answer(accounts, new Closed(PRESET, false))).isEqualTo(new Answer.Known(Slice.of("[]")));
        assertThat(AccessGate.answer(accounts, new Closed(new MethodRule("policy.deny", "eth_accounts"), true)))
                .isInstanceOf(Refused.class);
    }

    /// Escapes in JSON, a batch, and a method in other letters: what is not open is reached by none of them.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"admin_peers\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\\u0061dmin\\u005fpeers\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ADMIN_peers\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\" admin_peers\"}",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"personal_unlockAccount\"},"
                        + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"eth_sendTransaction\"}]"
            })
    void noSpellingGetsPastIt(String body) {
        AccessPolicy policy = AccessPolicy.of(
                PolicyPlan.NONE, List.of(new ChainAccess("mainnet", CallerPolicy.NONE, Map.of())), false);
        var gate =
                new AccessGate(new Board<>(policy), new ClosedCalls(new QuietEvents(), _ -> "", (_, _) -> ""), workers);
        var answers = new ArrayList<Answer>();
        var passed = new ArrayList<Call>();

        for (Request request : requests(body)) gate.take(call(request), (call, _) -> passed.add(call), answers::add);

        assertThat(passed).isEmpty();
        assertThat(answers).isNotEmpty().allMatch(answer -> answer instanceof Refused);
    }

    @Test
    void ofABatchEachElementIsHeldToTheListOfContracts() {
        AccessPolicy policy = AccessPolicy.of(
                PolicyPlan.NONE, List.of(new ChainAccess("mainnet", CallerPolicy.NONE, Map.of())), false);
        var gate =
                new AccessGate(new Board<>(policy), new ClosedCalls(new QuietEvents(), _ -> "", (_, _) -> ""), workers);
        var answers = new ArrayList<Answer>();
        var passed = new ArrayList<Call>();
        var address = Objects.requireNonNull(ContractAddress.parse("0x00000000219ab540356cbb839cbe05303d7705fa"));
        CallScope scope = CallScope.of(new AllowLists(List.of(), Set.of(address), List.of(), List.of()));
        String batch = """
                [{"jsonrpc":"2.0","id":1,"method":"eth_getCode","params":["%s","latest"]},
                 {"jsonrpc":"2.0","id":2,"method":"eth_getCode","params":["0x1111111111111111111111111111111111111111"]},
                 {"jsonrpc":"2.0","id":3,"method":"admin_peers","params":[]},
                 {"jsonrpc":"2.0","id":4,"method":"eth_blockNumber"}]""".formatted(address);

        for (Request request : requests(batch)) {
            gate.take(call(request, scope), (call, _) -> passed.add(call), answers::add);
        }

        assertThat(passed).extracting(call -> call.method().name()).containsExactly("eth_getCode", "eth_blockNumber");
        assertThat(answers)
                .extracting(answer -> ((Refused) answer).why())
                .containsExactly(Refusal.FORBIDDEN, Refusal.METHOD_NOT_FOUND);
    }

    /// The workers' queue is full here, so that what waits for them is told from what is looked at at once.
    @Test
    void whatIsLargeIsNotHeldAgainstAListOnAnEventLoop() {
        AccessPolicy policy = AccessPolicy.of(
                PolicyPlan.NONE, List.of(new ChainAccess("mainnet", CallerPolicy.NONE, Map.of())), false);
        var gate =
                new AccessGate(new Board<>(policy), new ClosedCalls(new QuietEvents(), _ -> "", (_, _) -> ""), workers);
        var address = Objects.requireNonNull(ContractAddress.parse("0x00000000219ab540356cbb839cbe05303d7705fa"));
        CallScope scope = CallScope.of(new AllowLists(List.of(), Set.of(address), List.of(), List.of()));
        String many = "[{\"fromBlock\":\"0x1\",\"address\":[" + ("\"" + address + "\",").repeat(1_000) + "\"" + address
                + "\"]}]";
        var answers = new ArrayList<Answer>();
        var passed = new ArrayList<Call>();
        var busy = new CountDownLatch(1);
        while (workers.take(() -> awaits(busy))) {}

        gate.take(call(Request.of("eth_getLogs", many), scope), (call, _) -> passed.add(call), answers::add);
        assertThat(answers)
                .singleElement()
                .extracting(answer -> ((Refused) answer).why())
                .isEqualTo(Refusal.OVERLOADED);
        gate.take(call(Request.of("eth_getLogs", many), null), (call, _) -> passed.add(call), answers::add);
        gate.take(
                call(Request.of("eth_getCode", "[\"" + address + "\",\"latest\"]"), scope),
                (call, _) -> passed.add(call),
                answers::add);
        busy.countDown();

        assertThat(passed).extracting(call -> call.method().name()).containsExactly("eth_getLogs", "eth_getCode");
        assertThat(answers).hasSize(1);
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void operatorsAreToldOnceInAWhileForEachTenantAndFamilyWhateverCallersSend() {
        var told = new ArrayList<String>();
        var events = new QuietEvents() {
            @Override
            public void closed(String chain, String tenant, String method, String because) {
                told.add(chain + " " + tenant + " " + method + " " + because);
            }
        };
        var now = new AtomicLong();
        var closedCalls = new ClosedCalls(
                events,
                key -> key.equals("policy.preset") ? "fairlead.toml:2" : "",
                (tenant, method) -> tenant + ".allow opens " + method,
                now::get);
        AccessPolicy policy = AccessPolicy.of(
                PolicyPlan.NONE, List.of(new ChainAccess("mainnet", CallerPolicy.NONE, Map.of())), false);
        var gate = new AccessGate(new Board<>(policy), closedCalls, workers);
        List<String> methods = new ArrayList<>(List.of("debug_traceTransaction", "trace_block", "eth_accounts"));
        for (int i = 0; i < 10_000; i++) methods.add("unknown" + i + "\u001b[2J");

        for (String method : methods) gate.take(call(method, "public"), (_, _) -> {}, _ -> {});
        gate.take(call("debug_traceTransaction", "dapp"), (_, _) -> {}, _ -> {});

        String traced = "debug_traceTransaction closed by policy.preset \"dapp\" (fairlead.toml:2); ";
        assertThat(told)
                .containsExactly(
                        "mainnet public " + traced + "public.allow opens debug_traceTransaction",
                        "mainnet public unknown0\u001b[2J closed by policy.preset \"dapp\" (fairlead.toml:2); no pattern can "
                                + "name such a method",
                        "mainnet dapp " + traced + "dapp.allow opens debug_traceTransaction");

        now.addAndGet(ClosedCalls.QUIET.toNanos());
        gate.take(call("trace_block", "public"), (_, _) -> {}, _ -> {});
        assertThat(told).hasSize(4).last().asString().contains("trace_block");
    }

    /// Once for each list, with the call's method, and with the place of a list that stands in the file.
    @Test
    void operatorsAreToldWhichListOfContractsOrMethodsRefuses() {
        var told = new ArrayList<String>();
        var events = new QuietEvents() {
            @Override
            public void closed(String chain, String tenant, String method, String because) {
                told.add(chain + " " + tenant + " " + method + ": " + because);
            }
        };
        String key = "tenants.public.addresses";
        var closedCalls = new ClosedCalls(events, name -> name.equals(key) ? "fairlead.toml:9" : "", (_, _) -> "");
        AccessPolicy policy = AccessPolicy.of(
                PolicyPlan.NONE, List.of(new ChainAccess("mainnet", CallerPolicy.NONE, Map.of())), false);
        var gate = new AccessGate(new Board<>(policy), closedCalls, workers);
        var address = Objects.requireNonNull(ContractAddress.parse("0x00000000219ab540356cbb839cbe05303d7705fa"));
        var own = new AllowLists(List.of(), Set.of(address), List.of(), List.of());
        var ofToken = new AllowLists(List.of("eth_get*"), Set.of(), List.of(), List.of());
        CallScope scope = CallScope.of(own, ofToken);
        CallScope narrower = CallScope.of(AllowLists.NONE, own);
        String code = "[\"0x1111111111111111111111111111111111111111\",\"latest\"]";

        for (int i = 0; i < 3; i++) {
            gate.take(call(Request.of("eth_getCode", code), scope), (_, _) -> {}, _ -> {});
            gate.take(call(Request.of("eth_chainId", "[]"), scope), (_, _) -> {}, _ -> {});
            gate.take(call(Request.of("eth_getBalance", code), narrower), (_, _) -> {}, _ -> {});
        }

        assertThat(told).hasSize(3);
        assertThat(told.get(0))
                .startsWith("mainnet public eth_getCode: ")
                .endsWith("; by tenants.public.addresses (fairlead.toml:9)");
        assertThat(told.get(1))
                .isEqualTo(
                        "mainnet public eth_chainId: the method is not on the caller's list; by the claim methods of its"
                                + " token");
        assertThat(told.get(2))
                .startsWith("mainnet public eth_getBalance: ")
                .endsWith("; by the claim addresses of its token");
    }

    private static Call call(String method, String tenant) {
        var client = new Client(
                new Tenant(tenant), null, "127.0.0.1", new Peer("127.0.0.1", 1), null, null, ErrorPolicy.NONE, null);
        var request = new Request(Slice.of("1"), method, Slice.of("[]"));
        return new Call(1, "mainnet", request, client, new EmbeddedChannel().eventLoop(), 0, 0);
    }

    private static Call call(Request request) {
        return call(request, null);
    }

    private static Call call(Request request, @Nullable CallScope scope) {
        var client = new Client(
                Tenant.PUBLIC,
                null,
                null,
                scope,
                "127.0.0.1",
                new Peer("127.0.0.1", 1),
                null,
                null,
                ErrorPolicy.NONE,
                null,
                new CallerBuckets());
        return new Call(1, "mainnet", request, client, new EmbeddedChannel().eventLoop(), 0, 0);
    }

    private static List<Request> requests(String body) {
        return switch (new EnvelopeReader(16, 16).read(body.getBytes(StandardCharsets.UTF_8))) {
            case Envelope.Single(var request) -> List.of(request);
            case Envelope.Batch(var elements) ->
                elements.stream()
                        .map(element -> ((Element.Call) element).request())
                        .toList();
            case Envelope.Malformed _, Envelope.TooMany _ -> throw new AssertionError(body);
        };
    }
}
