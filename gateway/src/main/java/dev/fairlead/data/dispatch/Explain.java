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
        if (!Constants.known(name, chain).isEmpty()) return constant(chain, name, seats);
        var nodes = new ArrayList<Choice>();
        long now = traffic.now();
        Sends sends = Sends.decideOn(named) ? traffic.chain(chainName).sends() : null;
        var reasons =
                new Reasons(ask, sends, Sends.window(chain.chain().probing().blockTime()), now);
        Routing routing = Router.plan(seats, ask, now, seats.nextTurn());
        if (routing instanceof Routing.Plan(var planned, var _)) {
            List<Step> steps = sends == null ? planned : Step.mostTakenFirst(planned, sends, reasons.window(), now);
            for (Step step : steps) nodes.add(new Choice(step.node().name(), nodes.size() + 1, reasons.of(step)));
        }
        skipped(chain, seats, reasons, nodes);
        return new Explanation(chainName, name, seats.group().name(), summary(seats, ask, routing), nodes);
    }

    private static Explanation refused(ChainState chain, String name, Seats seats, Refused why) {
        List<Choice> nodes = unasked(chain, "the gateway refuses the method");
        return new Explanation(chain.chain().name(), name, seats.group().name(), "refused: " + why.detail(), nodes);
    }

    private static Explanation constant(ChainState chain, String name, Seats seats) {
        List<Choice> nodes = unasked(chain, "the gateway knows the answer");
        String summary = "answered by the gateway itself: " + Constants.known(name, chain);
        return new Explanation(chain.chain().name(), name, seats.group().name(), summary, nodes);
    }

    private static List<Choice> unasked(ChainState chain, String because) {
        return chain.nodes().stream()
                .map(state -> new Choice(state.id().name(), 0, "not asked: " + because))
                .toList();
    }

    private static void skipped(ChainState chain, Seats seats, Reasons reasons, List<Choice> nodes) {
        for (NodeState state : chain.nodes()) {
            String name = state.id().name();
            if (nodes.stream().anyMatch(choice -> choice.node().equals(name))) continue;
            Place place = Place.ELSEWHERE;
            for (Candidate candidate : seats.all()) {
                if (candidate.state().id().equals(state.id())) place = skippedAs(candidate, reasons);
            }
            nodes.add(new Choice(name, 0, reasons.of(place, state)));
        }
    }

    private static Place skippedAs(Candidate candidate, Reasons reasons) {
        Place place = Router.place(candidate, reasons.ask(), reasons.now());
        return place.isAsked() ? Place.SHORT : place;
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
