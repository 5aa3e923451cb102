package dev.fairlead.control.judge;

import dev.fairlead.control.probe.Identity;
import dev.fairlead.core.fleet.Reference;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// What `net_version` says on a chain, which need not be its EIP-155 id: it is 1 on Ethereum Classic, chain 61.
/// It is the leader's word where the leader is the reference, else what more nodes say than say anything else.
final class NetworkId {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}");

    private NetworkId() {}

    /// @return empty where nobody tells, or where as many nodes say one thing as another
    static String of(Identity expected, Reference reference, Collection<NodeEvidence> allEvidence) {
        var votes = new HashMap<String, Integer>();
        for (NodeEvidence evidence : allEvidence) {
            String said = said(expected, evidence);
            if (said.isEmpty()) continue;
            if (reference instanceof Reference.Leader(var leader, var _) && leader.equals(evidence.id())) return said;
            votes.merge(said, 1, Integer::sum);
        }
        return most(votes);
    }

    private static String said(Identity expected, NodeEvidence evidence) {
        var seen = evidence.seen();
        if (seen == null || !expected.admits(seen.identity())) return "";
        String network = seen.selfReport().network();
        return DECIMAL.matcher(network).matches() ? network : "";
    }

    private static String most(Map<String, Integer> votes) {
        String best = "";
        int most = 0;
        for (var vote : votes.entrySet()) {
            if (vote.getValue() == most) best = "";
            if (vote.getValue() <= most) continue;
            best = vote.getKey();
            most = vote.getValue();
        }
        return best;
    }
}
