package dev.fairlead.data.routing;

import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.data.load.EjectionState;
import dev.fairlead.data.load.NodeSpending;
import dev.fairlead.data.shown.RecentSends;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why a node has its place in the order of one call, in words for the operator.
///
/// @param recentSends what was sent lately, where that decides the order; else null
/// @param window for how long a send counts
public record RouteReasons(RoutingNeeds needs, @Nullable RecentSends recentSends, long window, long now) {
    /// For a node that would be asked.
    public String of(PlannedNode planned) {
        Candidate candidate = planned.candidate();
        String place = of(planned.eligibility(), candidate.state());
        if (candidate.load().ejection() instanceof EjectionState.Out out) return place + ": " + out.cause();
        if (planned.eligibility() == Eligibility.LACKING) return place + lacking(candidate);
        return planned.eligibility().isEqual()
                ? place + sent(candidate) + preference(candidate) + rate(candidate)
                : place + rate(candidate);
    }

    private String rate(Candidate candidate) {
        NodeSpending spending = candidate.spending();
        long wait = spending == null ? 0 : spending.waitFor(needs.method().name(), now);
        if (wait == 0) return "";
        return "; its plan has no room for such a call now, so it is passed over like a full one";
    }

    public String of(Eligibility eligibility, NodeState state) {
        return switch (eligibility) {
            case TRIAL, SPARED, STUCK, FAILING, LACKING, EJECTED, ITSELF, CORDONED, DRAINING, ELSEWHERE ->
                eligibility.text();
            case SPENT -> eligibility.text() + "; days begin at 00:00 UTC";
            case OWN, RENTED, LAST_RESORT, BEHIND, LAGGING, SYNCING, UNJUDGED, UNREACHABLE, DEAD, TOO_LOW ->
                eligibility.text() + "; " + state.verdict().evidence();
            case FORKED, WRONG_CHAIN ->
                eligibility.text() + ": " + state.verdict().evidence();
        };
    }

    private String lacking(Candidate candidate) {
        String method = needs.method().name();
        long ago = Duration.ofNanos(candidate.load().lackedFor(method, now)).toSeconds();
        long left = Duration.ofNanos(candidate.load().lacksStill(method, now)).toSeconds();
        return ", " + ago + " s ago; until it answers such a call, and for " + left
                + " s at most, it is asked after the others, and not by every call when " + RoutePlan.FEW_LACKING
                + " have said so";
    }

    private String sent(Candidate candidate) {
        int taken = recentSends == null ? 0 : recentSends.taken(candidate.load().id(), window, now);
        return taken == 0 ? "" : "; took " + taken + " of what was sent lately, so it is asked first";
    }

    private String preference(Candidate candidate) {
        if (needs.prefers(candidate, now)) return "";
        return switch (needs.first()) {
            case ANY -> "";
            case AT_FLOOR, PENDING -> notShown("");
            case SAFE -> notShown(" as safe");
            case FINALIZED -> notShown(" as finalized");
            case KEEPING ->
                "; was found to lack old blocks or transactions that others have, so it is asked last for them";
        };
    }

    private String notShown(String as) {
        return "; has not shown block " + needs.floor() + as
                + ", which clients were shown, so it is asked after those that have";
    }
}
