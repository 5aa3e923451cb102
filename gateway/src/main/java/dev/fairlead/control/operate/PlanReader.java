package dev.fairlead.control.operate;

import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.core.policy.MethodPattern;
import dev.fairlead.core.text.CallRates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Joins what an order says about a node's plan with the plan that it has, and finds every fault at once.
record PlanReader(PlanOrder order, SpendingPlan before, List<String> faults) {
    SpendingPlan read() {
        int known = faults.size();
        var plan = new SpendingPlan(rate(), daily(), credits());
        if (faults.size() > known) return plan;
        plan.ofRate().ifPresent(fault -> faults.add("rate: " + fault));
        plan.ofDay().ifPresent(fault -> faults.add("daily: " + fault));
        return plan;
    }

    private @Nullable CallRate rate() {
        String said = order.rate();
        if (said == null) return before.rate();
        if (said.isEmpty()) return null;
        Optional<CallRate> rate = CallRates.read(said);
        if (rate.isEmpty()) faults.add("rate: expected " + CallRates.EXPECTED + ", found something else");
        return rate.orElse(null);
    }

    private long daily() {
        Long said = order.daily();
        if (said == null) return before.daily();
        if (said < 0 || said > SpendingPlan.MOST_DAILY)
            faults.add("daily: expected 0 to " + SpendingPlan.MOST_DAILY + ", found " + said);
        return said;
    }

    private Credits credits() {
        Map<String, Long> said = order.credits();
        if (said == null) return before.credits();
        if (said.size() > Credits.MOST) {
            faults.add("credits: expected at most " + Credits.MOST + " methods, found " + said.size());
            return before.credits();
        }
        said.forEach((pattern, weight) -> {
            if (!MethodPattern.hasForm(pattern))
                faults.add("credits: expected " + MethodPattern.EXPECTED + ", found something else");
            else if (weight < 0 || weight > Credits.MOST_WEIGHT)
                faults.add("credits: " + pattern + ": expected 0 to " + Credits.MOST_WEIGHT + ", found " + weight);
        });
        return new Credits(said);
    }
}
