package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.dispatch.Explanation.Choice;
import java.util.ArrayList;
import java.util.List;

/// Tells what the router would do with a call right now, and why, by asking the router itself. Nothing is sent.
public final class Explain {
    private final Traffic traffic;

    public Explain(Traffic traffic) {
        this.traffic = traffic;
    }

    /// @param params raw JSON
    public Explanation explain(ChainState chain, String name, Slice params) {
        Method method = MethodTable.of(name);
        BlockRef named = BlockRef.of(method, params);
        String chainName = chain.chain().name();
        Errand errand = Errand.of(method, named, new Request(Slice.NONE, name, params));
        var ask = Ask.of(method, errand, named, traffic.chain(chainName).floor());
        Seats seats = new Roster(chain, traffic).seats(name);
        Refused refused = Gate.refusal(method, seats);
        if (refused != null) return refused(chain, name, seats, refused);
        var nodes = new ArrayList<Choice>();
        Routing routing = Router.plan(seats, ask, traffic.now(), seats.nextTurn());
        if (routing instanceof Routing.Plan(var steps, var _)) {
            for (Step step : steps) nodes.add(new Choice(step.node().name(), nodes.size() + 1, why(step)));
        }
        skipped(chain, seats, ask, nodes);
        return new Explanation(chainName, name, seats.group().name(), summary(seats, ask, routing), nodes);
    }

    private static Explanation refused(ChainState chain, String name, Seats seats, Refused why) {
        List<Choice> nodes = chain.nodes().stream()
                .map(state -> new Choice(state.id().name(), 0, "not asked: the gateway refuses the method"))
                .toList();
        return new Explanation(chain.chain().name(), name, seats.group().name(), "refused: " + why.detail(), nodes);
    }

    private void skipped(ChainState chain, Seats seats, Ask ask, List<Choice> nodes) {
        for (NodeState state : chain.nodes()) {
            String name = state.id().name();
            if (nodes.stream().anyMatch(choice -> choice.node().equals(name))) continue;
            Place place = Place.ELSEWHERE;
            for (Candidate candidate : seats.all()) {
                if (candidate.state().id().equals(state.id())) place = skippedAs(candidate, ask);
            }
            nodes.add(new Choice(name, 0, text(place, state)));
        }
    }

    private Place skippedAs(Candidate candidate, Ask ask) {
        Place place = Router.place(candidate, ask, traffic.now());
        return place.isAsked() ? Place.SHORT : place;
    }

    private static String why(Step step) {
        String reason = text(step.place(), step.candidate().state());
        return step.candidate().load().standing() instanceof Standing.Out out ? reason + ": " + out.cause() : reason;
    }

    private static String text(Place place, NodeState state) {
        return switch (place) {
            case TRIAL, SPARED, STUCK, FAILING, LACKING, EJECTED, ITSELF, CORDONED, DRAINING, ELSEWHERE -> place.text();
            case OWN, RENTED, LAST_RESORT, BEHIND, LAGGING, SYNCING, UNJUDGED, UNREACHABLE, DEAD, SHORT ->
                place.text() + "; " + state.verdict().evidence();
            case FORKED, WRONG_CHAIN -> place.text() + ": " + state.verdict().evidence();
        };
    }

    private static String summary(Seats seats, Ask ask, Routing routing) {
        String block = ask.block() < 0 ? "" : ", names block " + ask.block();
        String mode = switch (routing.mode()) {
            case OWN, RENTED -> "";
            case LAST_RESORT -> "; the leader serves as last resort";
            case PANIC -> routing instanceof Routing.NoNode ? "; nobody can be asked" : "; panic: the least bad serve";
        };
        return "group " + seats.group().name() + " (" + seats.group().strategy().word() + ")" + block + mode;
    }
}
