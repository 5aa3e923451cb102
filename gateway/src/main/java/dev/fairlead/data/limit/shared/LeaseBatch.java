package dev.fairlead.data.limit.shared;

import dev.fairlead.core.policy.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Many requests for leases as one run of a script, and what it answers.
final class LeaseBatch {
    static final String SCRIPT = "lease.lua";

    private static final int HEAD = 2;
    private static final int EACH = 4;

    private final LeaseKeys keys;
    private final String gateway = UUID.randomUUID().toString().substring(0, 13);

    /// @param gateways how many there are
    /// @param millis by the clock of Redis
    record Answer(int gateways, long millis, List<LeaseGrant> grants) {}

    LeaseBatch(LeaseKeys keys) {
        this.keys = keys;
    }

    List<String> keys(List<LeaseRequest> requests) {
        var all = new ArrayList<String>(requests.size() + 1);
        all.add(keys.gateways());
        for (LeaseRequest request : requests) all.add(request.key());
        return all;
    }

    List<String> arguments(List<LeaseRequest> requests) {
        var all = new ArrayList<String>();
        all.add(gateway);
        for (LeaseRequest request : requests) {
            Limit limit = request.limit();
            all.add(limit.isFixed() ? "1" : "0");
            all.add(Long.toString(limit.window().toMillis()));
            all.add(Long.toString(limit.credits()));
            all.add(Double.toString(request.most()));
            all.add(Double.toString(request.wanted()));
            all.add(Double.toString(request.needed()));
            all.add(Double.toString(request.debit()));
            all.add(Double.toString(request.missing()));
            all.add(request.born());
            all.add(Long.toString(request.window()));
            all.add(Integer.toString(request.turn()));
        }
        return all;
    }

    Answer read(int requests, List<String> answer) throws RedisGone {
        if (answer.size() != HEAD + requests * EACH) throw new RedisGone("Redis answered a script with something else");
        var grants = new ArrayList<LeaseGrant>(requests);
        for (int at = HEAD; at < answer.size(); at += EACH) {
            grants.add(new LeaseGrant(
                    Double.parseDouble(answer.get(at)),
                    Double.parseDouble(answer.get(at + 1)),
                    Double.parseDouble(answer.get(at + 2)),
                    answer.get(at + 3)));
        }
        return new Answer(Integer.parseInt(answer.getFirst()), Long.parseLong(answer.get(1)), grants);
    }
}
