package dev.fairlead.core.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.transaction.Examination.Finding;
import dev.fairlead.core.transaction.Submitted.Signed;
import dev.fairlead.core.transaction.TransactionFault.Rule;
import dev.fairlead.core.transaction.Webhook.OnFailure;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.utils.Numeric;

class ExaminationTest {
    private static final String SENDER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    private static final String AUTHORITY = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
    private static final String OTHER = "0x00000000000000000000000000000000deadbeef";
    private static final String ZKSYNC = "0x71" + "ab".repeat(60);
    private static final Webhook WEBHOOK =
            new Webhook(URI.create("http://127.0.0.1:1/"), null, Duration.ofSeconds(1), OnFailure.CLOSED, 1);

    @Test
    void anotherChainIsRefusedInTheWordsOfGeth() {
        assertThat(text(rules(NONE), 1, raw("1559")))
                .isEqualTo("invalid sender: invalid chain id for signer: have 1337 want 1");
        assertThat(fault(rules(NONE), 1337, raw("1559"))).isNull();
    }

    @Test
    void aChainWhoseIdIsNotKnownYetRefusesNobody() {
        assertThat(fault(rules(NONE), 0, raw("legacy"))).isNull();
    }

    @Test
    void aTransactionWithoutAChainIsRefusedUnlessCallersRunTheNode() {
        assertThat(text(rules(NONE), 1337, raw("legacy-pre155")))
                .isEqualTo("only replay-protected (EIP-155) transactions allowed over RPC");
        assertThat(fault(TransactionRules.of(List.of(NONE), true), 1337, raw("legacy-pre155")))
                .isNull();
        assertThat(fault(rules(new Said().protection(false).policy()), 1337, raw("legacy-pre155")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"1559,21000,false", "1559,20999,true", "4844-nosidecar,20999,true", "7702,20999,true"})
    void gasAboveTheBoundIsRefused(String name, long bound, boolean isRefused) {
        assertThat(fault(rules(new Said().gas(bound).policy()), 1337, raw(name)))
                .isEqualTo(isRefused ? Rule.MAX_GAS : null);
    }

    @Test
    void aFeeAboveTheBoundIsRefused() {
        TransactionRules rules = rules(new Said().fee("0.00000000000003").policy());

        assertThat(text(rules, 1337, raw("1559")))
                .isEqualTo("tx fee (0.00 ether) exceeds the configured cap (0.00 ether)");
        assertThat(fault(rules(new Said().fee("0.000000000000042").policy()), 1337, raw("1559")))
                .isNull();
    }

    @Test
    void moreBytesThanTheBoundAreRefusedWhateverTheyAre() {
        int size = Numeric.hexStringToByteArray(raw("1559")).length;

        assertThat(fault(rules(new Said().size(size).policy()), 1337, raw("1559")))
                .isNull();
        assertThat(text(rules(new Said().size(size - 1).policy()), 1337, raw("1559")))
                .isEqualTo("oversized data: transaction size " + size + ", limit " + (size - 1));
        assertThat(fault(rules(new Said().size(50).policy()), 1337, ZKSYNC)).isEqualTo(Rule.MAX_SIZE);
        assertThat(fault(rules(new Said().size(50).policy()), 1337, "junk".repeat(100)))
                .isEqualTo(Rule.MAX_SIZE);
    }

    @Test
    void sendersAreDeniedAndAllowedByName() {
        assertThat(text(rules(new Said().deny(SENDER).policy()), 1337, raw("7702")))
                .isEqualTo("transactions of " + SENDER + " are not taken here");
        assertThat(fault(rules(new Said().deny(OTHER).policy()), 1337, raw("7702")))
                .isNull();
        assertThat(fault(rules(new Said().allow(SENDER).policy()), 1337, raw("2930")))
                .isNull();
        assertThat(fault(rules(new Said().allow(OTHER).policy()), 1337, raw("2930")))
                .isEqualTo(Rule.ALLOW_SENDERS);
    }

    /// Another chain's type is its node's to judge, unless an operator asked for a rule that needs it understood.
    @Test
    void aTypeOfAnotherChainIsRefusedByDeclaredRulesAlone() {
        for (String raw : List.of(ZKSYNC, "0x7ef801c0", "0x05c0")) {
            assertThat(fault(rules(NONE), 1337, raw)).isNull();
            assertThat(fault(rules(new Said().size(1000).policy()), 1337, raw)).isNull();
            assertThat(fault(rules(new Said().webhook().policy()), 1337, raw)).isNull();
            isRefusedByDeclaredRules(raw);
        }
    }

    /// A node that takes it all the same would read something into it that keeps no rule.
    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsNoTransactionOfAnyTypeIsRefusedUnlessCallersRunTheNode(Rule rule, String raw) {
        assertThat(fault(rules(NONE), 1337, raw)).isEqualTo(rule);
        assertThat(fault(rules(NONE), 0, raw)).isEqualTo(rule);
        assertThat(fault(rules(new Said().chainId(false).policy()), 1337, raw)).isEqualTo(rule);
        assertThat(fault(rules(new Said().protection(false).policy()), 1337, raw))
                .isEqualTo(rule);
        assertThat(fault(rules(new Said().chainId(false).protection(false).policy()), 1337, raw))
                .isNull();
        assertThat(fault(TransactionRules.of(List.of(NONE), true), 1337, raw)).isNull();
        isRefusedByDeclaredRules(raw);
    }

    static Stream<Arguments> malformed() {
        String old = raw("legacy-pre155");
        return Stream.of(
                arguments(Rule.PARAMS, old.substring(2)),
                arguments(Rule.PARAMS, " " + old),
                arguments(Rule.PARAMS, old + "0"),
                arguments(Rule.PARAMS, old + "0g"),
                arguments(Rule.PARAMS, "junk"),
                arguments(Rule.PARAMS, ""),
                arguments(Rule.PARAMS, "0x"),
                arguments(Rule.MALFORMED, old + "00"),
                arguments(Rule.MALFORMED, old + old.substring(2)),
                arguments(Rule.MALFORMED, raw("1559") + "00"),
                arguments(Rule.MALFORMED, raw("4844-nosidecar") + "00"),
                arguments(Rule.MALFORMED, "0x00" + old.substring(2)),
                arguments(Rule.MALFORMED, "0xb8" + old.substring(2)),
                arguments(Rule.MALFORMED, "0x02c0"),
                arguments(Rule.MALFORMED, "0x02"),
                arguments(Rule.MALFORMED, "0xc0"));
    }

    private static void isRefusedByDeclaredRules(String raw) {
        assertThat(fault(rules(new Said().chainId(true).policy()), 1337, raw)).isEqualTo(Rule.UNREADABLE);
        assertThat(fault(rules(new Said().protection(true).policy()), 1337, raw))
                .isEqualTo(Rule.UNREADABLE);
        assertThat(fault(rules(new Said().gas(1).policy()), 1337, raw)).isEqualTo(Rule.UNREADABLE);
        assertThat(fault(rules(new Said().fee("1").policy()), 1337, raw)).isEqualTo(Rule.UNREADABLE);
        assertThat(fault(rules(new Said().deny(OTHER).policy()), 1337, raw)).isEqualTo(Rule.UNREADABLE);
        assertThat(fault(rules(new Said().allow(OTHER).policy()), 1337, raw)).isEqualTo(Rule.UNREADABLE);
        assertThat(new Examination(rules(NONE), 1337, true).of(signed(raw))).isInstanceOf(Finding.Faulty.class);
    }

    @Test
    void anEscapedTransactionIsTheSameTransaction() {
        String escaped = raw("1559").replaceFirst("0x02", "\\\\u0030x\\\\u0030\\\\u0032");

        assertThat(fault(rules(NONE), 1, escaped)).isEqualTo(Rule.CHECK_CHAIN_ID);
        assertThat(fault(rules(NONE), 1, raw("1559").replaceFirst("0x", "0X"))).isEqualTo(Rule.CHECK_CHAIN_ID);
    }

    @Test
    void ofABundleEachTransactionIsHeldAgainstTheRules() {
        Finding found =
                new Examination(rules(NONE), 1, false).of(new Signed(List.of(json(ZKSYNC), json(raw("1559"))), true));

        assertThat(found).isInstanceOf(Finding.Faulty.class);
    }

    /// Rules that hold by default let it through: no node is known to find a transaction there.
    @Test
    void whereSomethingElseMayBeATransactionRulesThatWereAskedForRefuse() {
        var unsure = new Signed(List.of(json(raw("1559"))), false);

        assertThat(new Examination(rules(NONE), 1337, false).of(unsure)).isInstanceOf(Finding.Sound.class);
        assertThat(new Examination(rules(NONE), 1337, true).of(unsure)).isInstanceOf(Finding.Faulty.class);
        for (Said said : List.of(
                new Said().gas(30_000),
                new Said().fee("1"),
                new Said().size(1_000),
                new Said().deny(OTHER),
                new Said().chainId(true),
                new Said().webhook())) {
            assertThat(new Examination(rules(said.policy()), 1337, false).of(unsure))
                    .isInstanceOfSatisfying(
                            Finding.Faulty.class,
                            faulty -> assertThat(faulty.fault().rule()).isEqualTo(Rule.UNREADABLE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lent-here,1337,false",
        "lent-everywhere,1337,false",
        "lent-elsewhere,1337,true",
        "lent-elsewhere,0,false"
    })
    void anAuthorizationMustBeForTheChainOrForAll(String name, long chain, boolean isRefused) {
        assertThat(fault(rules(NONE), chain, raw(name))).isEqualTo(isRefused ? Rule.CHECK_CHAIN_ID : null);
        assertThat(fault(rules(new Said().chainId(false).policy()), chain, raw(name)))
                .isNull();
    }

    @Test
    void whoLendsAnAccountCodeMustBeOneWhoMaySend() {
        for (String name : List.of("lent-here", "lent-everywhere", "lent-by-two")) {
            assertThat(text(rules(new Said().deny(AUTHORITY).policy()), 1337, raw(name)))
                    .isEqualTo("authorizations of " + AUTHORITY + " are not taken here");
            assertThat(fault(rules(new Said().allow(SENDER).policy()), 1337, raw(name)))
                    .isEqualTo(Rule.ALLOW_SENDERS);
            assertThat(fault(rules(new Said().allow(SENDER, AUTHORITY).policy()), 1337, raw(name)))
                    .isNull();
            assertThat(fault(rules(new Said().deny(OTHER).policy()), 1337, raw(name)))
                    .isNull();
        }
        assertThat(text(rules(new Said().deny(OTHER).policy()), 1337, raw("lent-by-nobody")))
                .isEqualTo("invalid authorization: nobody can have signed so");
        assertThat(fault(rules(NONE), 1337, raw("lent-by-nobody"))).isNull();
    }

    /// Finding out who signed them takes a processor's time, however short each is.
    @Test
    void moreAuthorizationsThanAreLookedAtAreRefusedWithoutFindingOutWhoSigned() {
        List<Slice> many = Collections.nCopies(501, json(raw("lent-by-two")));

        assertThat(new Examination(rules(new Said().deny(AUTHORITY).policy()), 0, false)
                        .of(new Signed(many.subList(0, 1), true)))
                .isInstanceOfSatisfying(
                        Finding.Faulty.class,
                        faulty -> assertThat(faulty.fault().rule()).isEqualTo(Rule.DENY_SENDERS));
        assertThat(new Examination(rules(new Said().deny(OTHER).policy()), 1337, false).of(new Signed(many, true)))
                .isInstanceOfSatisfying(
                        Finding.Faulty.class,
                        faulty -> assertThat(faulty.fault().text()).contains("at most 1,000 authorizations"));
        assertThat(new Examination(rules(NONE), 1337, false).of(new Signed(many, true)))
                .isInstanceOf(Finding.Sound.class);
    }

    @Test
    void whereATenantIsSilentItsChainCountsAndThenTheRest() {
        TransactionPolicy tenant = new Said().gas(0).deny(SENDER).policy();
        TransactionPolicy chain = new Said().gas(10).fee("1").policy();
        TransactionPolicy all = new Said().gas(20).fee("2").size(30).deny(OTHER).policy();

        TransactionRules rules = TransactionRules.of(List.of(tenant, chain, all), false);

        assertThat(rules.maxGas()).isNull();
        assertThat(rules.maxFee()).isEqualTo("1000000000000000000");
        assertThat(rules.maxSize()).isEqualTo(30);
        assertThat(rules.denySenders()).containsExactlyInAnyOrder(SENDER, OTHER);
    }

    private static final TransactionPolicy NONE = TransactionPolicy.NONE;

    private static TransactionRules rules(TransactionPolicy policy) {
        return TransactionRules.of(List.of(policy), false);
    }

    private static @Nullable Rule fault(TransactionRules rules, long chain, String raw) {
        return new Examination(rules, chain, false).of(signed(raw)) instanceof Finding.Faulty(var fault, var _)
                ? fault.rule()
                : null;
    }

    private static String text(TransactionRules rules, long chain, String raw) {
        return new Examination(rules, chain, false).of(signed(raw)) instanceof Finding.Faulty(var fault, var _)
                ? fault.text()
                : "sound";
    }

    private static Signed signed(String raw) {
        return new Signed(List.of(json(raw)), true);
    }

    private static Slice json(String raw) {
        return Slice.of('"' + raw + '"');
    }

    private static String raw(String name) {
        return TransactionReaderTest.signedByViem()
                .filter(vector -> vector.name().equals(name))
                .map(vector -> Numeric.toHexString(vector.raw()))
                .collect(Collectors.joining());
    }

    /// A policy that is silent but for a few words.
    private static final class Said {
        private @Nullable Boolean chainId;
        private @Nullable Boolean protection;
        private @Nullable Long size;
        private @Nullable Long gas;
        private @Nullable BigDecimal fee;
        private List<String> allow = List.of();
        private List<String> deny = List.of();
        private @Nullable Webhook webhook;

        Said chainId(boolean is) {
            chainId = is;
            return this;
        }

        Said protection(boolean is) {
            protection = is;
            return this;
        }

        Said size(long most) {
            size = most;
            return this;
        }

        Said gas(long most) {
            gas = most;
            return this;
        }

        Said fee(String most) {
            fee = new BigDecimal(most);
            return this;
        }

        Said allow(String... senders) {
            allow = List.of(senders);
            return this;
        }

        Said deny(String sender) {
            deny = List.of(sender);
            return this;
        }

        Said webhook() {
            webhook = WEBHOOK;
            return this;
        }

        TransactionPolicy policy() {
            return new TransactionPolicy(chainId, protection, size, gas, fee, allow, deny, webhook);
        }
    }
}
