package dev.fairlead;

import dev.fairlead.control.admin.view.Explainer;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Explanation;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.data.failover.RouteExplainer;
import java.util.List;

/// Lets the admin API ask the router.
record RouteExplanations(Board<Fleet> fleet, RouteExplainer router) implements Explainer {
    @Override
    public Explanation explain(String chain, Request request) {
        ChainState state = fleet.now().chain(chain);
        if (state != null) return router.explain(state, request.method(), request.params());
        return new Explanation(chain, request.method(), "", "no chain is named " + chain, List.of());
    }
}
