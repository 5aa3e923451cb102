package dev.fairlead.data.dispatch;

import java.util.Arrays;
import java.util.List;

/// Which nodes may be asked for one call, and in which order. Pure: clock and chance come in as values.
///
/// Nodes are ordered by their [Place]; equals by the group's [Selection], those that have reached the served floor
/// first when the call depends on the head, and those that keep most when it looks for something old. A call that names
/// a block never goes to a node that has not reached it,
/// unless no own or rented one has.
final class Router {
    private Router() {}

    /// @param turn grows by one with every call
    static Routing plan(Seats seats, Ask ask, long now, long turn) {
        List<Candidate> eligible = seats.eligible();
        var steps = new Step[eligible.size()];
        int count = 0;
        boolean reached = false;
        Place best = Place.ELSEWHERE;
        for (int i = 0; i < steps.length; i++) {
            Candidate candidate = eligible.get(i);
            Place place = place(candidate, ask, now);
            if (!place.isAsked()) continue;
            if (rank(place, candidate).compareTo(best) < 0) best = rank(place, candidate);
            reached |= place.compareTo(Place.LAST_RESORT) < 0;
            steps[count++] = new Step(candidate, place);
        }
        if (reached && ask.block() >= 0) count = withoutShort(steps, count, ask.block(), now);
        if (count == 0) return new Routing.NoNode(seats);
        sortByPlace(steps, count);
        orderEquals(seats, steps, count, ask, now, turn);
        return new Routing.Plan(List.of(count == steps.length ? steps : Arrays.copyOf(steps, count)), mode(best));
    }

    /// Where one node stands for the call; the one predicate behind both the plan and its explanation.
    static Place place(Candidate candidate, Ask ask, long now) {
        Place usual = candidate.usual();
        if (!usual.isAsked()) return usual;
        NodeTraffic load = candidate.load();
        if (load.isItself(now)) return Place.ITSELF;
        return switch (load.standing()) {
            case Standing.In _ -> usual.serves() ? serving(candidate, ask, now) : usual;
            case Standing.Trial _ -> spared(usual);
            case Standing.Out out when !out.isOver(now) -> spared(usual);
            case Standing.Out _ -> {
                if (!usual.serves() || usual == Place.LAST_RESORT) yield usual;
                boolean suits = ask.suitsTrial() && !load.fails(ask.method().service(), now);
                yield suits && has(candidate, ask, now) ? Place.TRIAL : Place.EJECTED;
            }
        };
    }

    private static Place serving(Candidate candidate, Ask ask, long now) {
        NodeTraffic load = candidate.load();
        if (!has(candidate, ask, now)) return Place.BEHIND;
        if (candidate.usual() == Place.LAST_RESORT) return Place.LAST_RESORT;
        if (load.lacks(ask.method().name(), now)) return Place.LACKING;
        if (load.fails(ask.method().service(), now)) return Place.FAILING;
        if (load.stuck(now)) return Place.STUCK;
        return load.spared(now) ? Place.SPARED : candidate.usual();
    }

    private static Place spared(Place usual) {
        return usual == Place.UNREACHABLE ? Place.DEAD : Place.EJECTED;
    }

    private static boolean has(Candidate candidate, Ask ask, long now) {
        return !ask.missesPending(candidate) && (ask.block() < 0 || candidate.head(now) >= ask.block());
    }

    private static int withoutShort(Step[] steps, int count, long block, long now) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (steps[i].candidate().head(now) >= block) steps[kept++] = steps[i];
        }
        return kept;
    }

    /// By insertion, since nodes are few and mostly in order; equals keep theirs.
    private static void sortByPlace(Step[] steps, int count) {
        for (int i = 1; i < count; i++) {
            Step step = steps[i];
            int at = i;
            for (; at > 0 && steps[at - 1].place().compareTo(step.place()) > 0; at--) steps[at] = steps[at - 1];
            steps[at] = step;
        }
    }

    private static void orderEquals(Seats seats, Step[] steps, int count, Ask ask, long now, long turn) {
        for (int from = 0; from < count; ) {
            Place place = steps[from].place();
            int to = from + 1;
            while (to < count && steps[to].place() == place) to++;
            if (to - from > 1) order(seats, steps, from, to, ask, now, turn);
            from = to;
        }
    }

    private static void order(Seats seats, Step[] steps, int from, int to, Ask ask, long now, long turn) {
        switch (steps[from].place()) {
            case OWN, RENTED -> {
                int fresh = ask.first() == Ask.First.ANY ? to : preferredFirst(steps, from, to, ask, now);
                seats.selection().order(steps, from, fresh, now, turn);
                seats.selection().order(steps, fresh, to, now, turn);
            }
            case BEHIND -> Arrays.sort(steps, from, to, (one, other) -> byHead(one, other, now));
            case LAGGING, SYNCING -> Arrays.sort(steps, from, to, Router::byLag);
            case LACKING -> {
                String method = ask.method().name();
                Arrays.sort(steps, from, to, (one, other) -> byLacking(one, other, method, now));
            }
            case TRIAL, SPARED, STUCK, FAILING, LAST_RESORT, UNJUDGED, UNREACHABLE, EJECTED -> {}
            case DEAD, SHORT, FORKED, WRONG_CHAIN, ITSELF, CORDONED, DRAINING, ELSEWHERE -> {}
        }
    }

    /// @return where those begin that the call does not prefer
    private static int preferredFirst(Step[] steps, int from, int to, Ask ask, long now) {
        int fresh = from;
        for (int i = from; i < to; i++) {
            Step step = steps[i];
            if (!ask.prefers(step.candidate(), now)) continue;
            System.arraycopy(steps, fresh, steps, fresh + 1, i - fresh);
            steps[fresh++] = step;
        }
        return fresh;
    }

    private static int byHead(Step one, Step other, long now) {
        return Long.compare(other.candidate().head(now), one.candidate().head(now));
    }

    /// The one first that said so longest ago, so that all of them get their turn.
    private static int byLacking(Step one, Step other, String method, long now) {
        long since = one.candidate().load().lackedFor(method, now);
        return Long.compare(other.candidate().load().lackedFor(method, now), since);
    }

    private static int byLag(Step one, Step other) {
        return Long.compare(one.candidate().lag(), other.candidate().lag());
    }

    /// The place without what only this call has against the node.
    private static Place rank(Place place, Candidate candidate) {
        return place.compareTo(Place.LAGGING) < 0 ? candidate.usual() : place;
    }

    private static Tier mode(Place best) {
        if (best.compareTo(Place.LAST_RESORT) < 0) return best == Place.RENTED ? Tier.RENTED : Tier.OWN;
        return best == Place.LAST_RESORT ? Tier.LAST_RESORT : Tier.PANIC;
    }
}
