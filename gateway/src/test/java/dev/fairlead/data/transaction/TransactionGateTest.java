package dev.fairlead.data.transaction;

import static dev.fairlead.data.transaction.CheckedCalls.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.KeyHash;
import dev.fairlead.core.policy.Limit.Exempt;
import dev.fairlead.core.transaction.TransactionPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionGateTest {
    private static final String SEND = "eth_sendRawTransaction";

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "2930", "1559", "1559-create", "7702", "4844-nosidecar"})
    void aTransactionOfAnyTypeGoesOn(String name) {
        try (var calls = new CheckedCalls(TransactionPolicy.NONE)) {
            assertThat(calls.send(SEND, Raw.params(name))).isEqualTo(PASSED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eth_sendRawTransaction",
        "eth_sendRawTransactionSync",
        "eth_sendRawTransactionConditional",
        "eth_sendPrivateRawTransaction",
        "zks_sendRawTransactionWithDetailedOutput"
    })
    void whateverMethodBringsATransactionItMustKeepTheRules(String method) {
        try (var calls = new CheckedCalls(TransactionPolicy.NONE)) {
            assertThat(calls.send(method, Raw.params("legacy-pre155")))
                    .isEqualTo("TRANSACTION_REFUSED: only replay-protected (EIP-155) transactions allowed over RPC");
            assertThat(calls.refused).containsExactly("require_eip155");
            assertThat(calls.told)
                    .singleElement()
                    .asString()
                    .startsWith("mainnet public " + method
                            + ": policy.transactions.require_eip155, which holds where nothing is said, refuses the"
                            + " transaction 0x")
                    .containsPattern("0x[0-9a-f]{64} of 0x[0-9a-f]{40}: only replay-protected");
        }
    }

    @Test
    void ofManyTransactionsThatARuleRefusesTheLogTellsOfOne() {
        try (var calls = new CheckedCalls(TransactionPolicy.NONE)) {
            calls.send("eth_sendRawTransaction", Raw.params("legacy-pre155"));
            calls.send("eth_sendRawTransaction", Raw.params("legacy-pre155"));
            calls.send("eth_sendRawTransaction", "[\"0x02c0\"]");

            assertThat(calls.refused).containsExactly("require_eip155", "require_eip155", "malformed");
            assertThat(calls.told).hasSize(2);
            assertThat(calls.told.getLast())
                    .startsWith("mainnet public eth_sendRawTransaction: malformed refuses what it brings: ");
        }
    }

    @Test
    void oneOfABundleThatDoesNotKeepThemIsEnough() {
        String bundle = "[{\"txs\": [" + Raw.json("1559") + "," + Raw.json("legacy-pre155") + "]}]";
        try (var calls = new CheckedCalls(TransactionPolicy.NONE)) {
            assertThat(calls.send("eth_sendBundle", bundle)).startsWith("TRANSACTION_REFUSED");
        }
    }

    @Test
    void aTypeOfAnotherChainGoesOnUnlessSomethingThatWasDeclaredNeedsToKnowIt() {
        try (var calls = new CheckedCalls(TransactionPolicy.NONE);
                var limited = new CheckedCalls(TransactionPolicy.NONE, CheckedCalls.perSender(1, Exempt.NOBODY))) {
            assertThat(calls.send(SEND, "[\"0x71aabb\"]")).isEqualTo(PASSED);
            assertThat(limited.send(SEND, "[\"0x71aabb\"]"))
                    .startsWith("TRANSACTION_REFUSED: the transaction is not understood");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[\"hello\"]", "[1]", "{\"bytes\": \"0x\"}", "null"})
    void whatIsNoTransactionIsRefusedAsANodeWould(String params) {
        try (var calls = new CheckedCalls(TransactionPolicy.NONE);
                var limited = new CheckedCalls(TransactionPolicy.NONE, CheckedCalls.perSender(1, Exempt.NOBODY))) {
            assertThat(calls.send(SEND, params)).startsWith("INVALID_PARAMS: invalid argument 0");
            assertThat(limited.send(SEND, params)).startsWith("TRANSACTION_REFUSED: the transaction is not understood");
            assertThat(limited.send("eth_sendTransaction", params)).isEqualTo(PASSED);
            assertThat(limited.send("eth_call", params)).isEqualTo(PASSED);
        }
    }

    /// The workers' queue is full here, so that what waits for them is told from what is looked at at once.
    @Test
    void whatIsLargeIsNotReadOnAnEventLoop() {
        String large = "[{\"body\":[{" + "\"k\":1,".repeat(20_000) + "\"k\":1}]}]";
        var busy = new CountDownLatch(1);
        try (var calls = new CheckedCalls(TransactionPolicy.NONE)) {
            while (calls.workers.take(() -> awaits(busy))) {}
            assertThat(calls.send("mev_sendBundle", large)).startsWith("OVERLOADED later");
            assertThat(calls.send(SEND, Raw.params("1559"))).isEqualTo(PASSED);
            busy.countDown();
        }
        try (var calls = new CheckedCalls(TransactionPolicy.NONE)) {
            assertThat(calls.send("mev_sendBundle", large)).startsWith("INVALID_PARAMS");
        }
    }

    @Test
    void whoSignsTooOftenIsRefusedWhicheverTenantAndAddressItComesFrom() {
        try (var calls = new CheckedCalls(TransactionPolicy.NONE, CheckedCalls.perSender(3, Exempt.NOBODY))) {
            assertThat(calls.send(SEND, Raw.params("1559"))).isEqualTo(PASSED);
            calls.address = "10.9.8.7";
            assertThat(calls.send(SEND, Raw.params("1559"))).isEqualTo(PASSED);
            calls.tenant = "dapp";
            assertThat(calls.send(SEND, Raw.params("7702"))).isEqualTo(PASSED);
            assertThat(calls.send(SEND, Raw.params("legacy")))
                    .startsWith("LIMITED later: you have called too often for now; try again in ");
            assertThat(calls.send(SEND, Raw.params("other-sender"))).isEqualTo(PASSED);
        }
    }

    @Test
    void whatIsRefusedForItsSenderCostsTheTenantNothingOfItsDay() {
        try (var calls = new CheckedCalls(TransactionPolicy.NONE, CheckedCalls.perSender(3, Exempt.NOBODY))) {
            calls.tenant = "dapp";
            calls.key = new ApiKey("dapp", "web", "fl_", KeyHash.of("fl_"), Instant.EPOCH, null);
            for (int i = 0; i < 3; i++)
                assertThat(calls.send(SEND, Raw.params("1559"))).isEqualTo(PASSED);
            for (int i = 0; i < 5; i++)
                assertThat(calls.send(SEND, Raw.params("1559"))).startsWith("LIMITED");
            assertThat(calls.takenOfDays()).isEqualTo(3);

            CheckedCalls.Started refused = calls.start(SEND, Raw.params("1559"));
            CheckedCalls.await(refused);
            assertThat(refused.call().credits()).isZero();
        }
    }

    @Test
    void aBundleThatIsRefusedForOneSenderCostsTheOthersNothing() {
        try (var calls = new CheckedCalls(TransactionPolicy.NONE, CheckedCalls.perSender(1, Exempt.NOBODY))) {
            assertThat(calls.send(SEND, Raw.params("1559"))).isEqualTo(PASSED);
            String bundle = "[{\"txs\":[" + Raw.json("other-sender") + "," + Raw.json("1559") + "]}]";
            assertThat(calls.send("eth_sendBundle", bundle)).startsWith("LIMITED");

            assertThat(calls.send(SEND, Raw.params("other-sender"))).isEqualTo(PASSED);
            assertThat(calls.send(SEND, Raw.params("other-sender"))).startsWith("LIMITED");
        }
    }

    @Test
    void aTransactionThatIsRefusedForAnotherReasonIsNotCounted() {
        try (var calls = new CheckedCalls(TransactionPolicy.NONE, CheckedCalls.perSender(1, Exempt.NOBODY))) {
            assertThat(calls.send(SEND, Raw.params("legacy-pre155"))).startsWith("TRANSACTION_REFUSED");
            assertThat(calls.send(SEND, Raw.params("legacy"))).isEqualTo(PASSED);
        }
    }

    @Test
    void whoIsExemptIsNeitherCountedNorHeldUp() {
        var exempt = new Exempt(List.of(), List.of("relayer"), List.of());
        try (var calls = new CheckedCalls(TransactionPolicy.NONE, CheckedCalls.perSender(1, exempt))) {
            calls.agent = "relayer";
            for (int i = 0; i < 3; i++)
                assertThat(calls.send(SEND, Raw.params("1559"))).isEqualTo(PASSED);
            assertThat(calls.send(SEND, "[\"0x71aabb\"]")).isEqualTo(PASSED);
        }
    }

    @Test
    void whenTooManyWaitFurtherOnesAreRefusedAndNotCounted() {
        var busy = new CountDownLatch(1);
        try (var calls = new CheckedCalls(TransactionPolicy.NONE, CheckedCalls.perSender(2_000, Exempt.NOBODY))) {
            calls.workers.take(() -> awaits(busy));
            var waiting = new ArrayList<CheckedCalls.Started>();
            for (int i = 0; i < 1_000; i++) waiting.add(calls.start(SEND, Raw.params("1559")));
            calls.settle();

            var late = calls.start(SEND, Raw.params("1559"));
            calls.settle();
            var later = calls.start(SEND, Raw.params("1559"));

            assertThat(CheckedCalls.await(later)).startsWith("OVERLOADED later: more calls are being checked");
            assertThat(calls.send("eth_call", "[]")).isEqualTo(PASSED);
            busy.countDown();
            assertThat(CheckedCalls.await(waiting.getLast())).isEqualTo(PASSED);
            assertThat(CheckedCalls.await(late)).isIn(PASSED, CheckedCalls.await(later));
        }
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
