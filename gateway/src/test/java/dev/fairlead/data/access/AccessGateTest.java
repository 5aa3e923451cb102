package dev.fairlead.data.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.policy.MethodDecision.Closed;
import dev.fairlead.core.policy.MethodRule;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessGateTest {
    private static final MethodRule PRESET = new MethodRule("policy.preset", "dapp");

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
}
