package dev.fairlead.data.failover;

import dev.fairlead.core.eth.Quantity;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Stage;
import java.util.function.Consumer;

/// Answers `eth_chainId` and `net_version` from the Fleet, once the values are known. The two may differ: on
/// Ethereum Classic, chain 61, `net_version` is 1.
public final class ChainConstants implements Stage {
    private static final String CHAIN_ID = "eth_chainId";
    private static final String NETWORK = "net_version";

    private final Board<Fleet> fleet;

    public ChainConstants(Board<Fleet> fleet) {
        this.fleet = fleet;
    }

    @Override
    public void take(Call call, Next onward, Consumer<Answer> back) {
        switch (call.request().method()) {
            case CHAIN_ID, NETWORK -> answer(call, onward, back);
            default -> onward.take(call, back);
        }
    }

    private void answer(Call call, Next onward, Consumer<Answer> back) {
        ChainState chain = fleet.now().chain(call.chain());
        String known = chain == null ? "" : known(call.request().method(), chain);
        if (known.isEmpty()) onward.take(call, back);
        else back.accept(new Answer.Known(Slice.of('"' + known + '"')));
    }

    /// The answer that is known without a node; empty for none.
    static String known(String method, ChainState chain) {
        return switch (method) {
            case CHAIN_ID -> chain.learnedId() == 0 ? "" : Quantity.print(chain.learnedId());
            case NETWORK -> chain.networkId();
            default -> "";
        };
    }
}
