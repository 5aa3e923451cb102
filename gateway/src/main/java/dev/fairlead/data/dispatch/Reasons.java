package dev.fairlead.data.dispatch;

import dev.fairlead.core.fleet.Fleet.NodeState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why a node stands where it does in the order of one call, in words for the operator.
///
/// @param sends what was sent lately, where that decides the order; else null
/// @param window how long that counts
record Reasons(Ask ask, @Nullable Sends sends, long window, long now) {
    /// For a node that would be asked.
    String of(Step step) {
        Candidate candidate = step.candidate();
        String place = of(step.place(), candidate.state());
        if (candidate.load().standing() instanceof Standing.Out out) return place + ": " + out.cause();
        if (step.place() == Place.LACKING) return place + lacking(candidate);
        return step.place().isEqual() ? place + sent(candidate) + preference(candidate) : place;
    }

    String of(Place place, NodeState state) {
        return switch (place) {
            case TRIAL, SPARED, STUCK, FAILING, LACKING, EJECTED, ITSELF, CORDONED, DRAINING, ELSEWHERE -> place.text();
            case OWN, RENTED, LAST_RESORT, BEHIND, LAGGING, SYNCING, UNJUDGED, UNREACHABLE, DEAD, SHORT ->
                place.text() + "; " + state.verdict().evidence();
            case FORKED, WRONG_CHAIN -> place.text() + ": " + state.verdict().evidence();
        };
    }

    private String lacking(Candidate candidate) {
        String method = ask.method().name();
        long ago = Duration.ofNanos(candidate.load().lackedFor(method, now)).toSeconds();
        long left = Duration.ofNanos(candidate.load().lacksStill(method, now)).toSeconds();
        return ", " + ago + " s ago; until it answers such a call, and for " + left
                + " s at most, it is asked after the others, and not by every call when " + Walk.FEW_LACKING
                + " have said so";
    }

    private String sent(Candidate candidate) {
        int taken = sends == null ? 0 : sends.taken(candidate.load().id(), window, now);
        return taken == 0 ? "" : "; took " + taken + " of what was sent lately, so it is asked first";
    }

    private String preference(Candidate candidate) {
        if (ask.prefers(candidate, now)) return "";
        return switch (ask.first()) {
            case ANY -> "";
            case AT_FLOOR, PENDING -> notShown("");
            case SAFE -> notShown(" as safe");
            case FINALIZED -> notShown(" as finalized");
            case KEEPING ->
                "; was found to lack old blocks or transactions that others have, so it is asked last for them";
        };
    }

    private String notShown(String as) {
        return "; has not shown block " + ask.floor() + as
                + ", which clients were shown, so it is asked after those that have";
    }
}
