package dev.fairlead.data.failover;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.data.load.Tier;
import dev.fairlead.data.routing.Eligibility;
import dev.fairlead.data.routing.RoutePlan;

/// Whether a node of the plan is asked, given what the nodes before it objected. Pure.
enum NextNode {
    ASKED,
    /// If the budget allows to look for the method at a node that is known to lack it.
    IF_SEARCHED,
    PASSED_OVER;

    /// Panic is for nodes that failed, not for calls that nodes decline, and a call that met one rate limit
    /// does not try another. What nodes lack may change, so some of those that are known to lack a method are
    /// asked.
    static NextNode of(Eligibility eligibility, Tier tier, Objections objections) {
        if (objections.areEnough()) return PASSED_OVER;
        if (eligibility == Eligibility.SPARED && objections.has(ErrorMeaning.RATE_LIMITED)) return PASSED_OVER;
        if (tier == Tier.PANIC && objections.isAboutCallOrMethod()) return PASSED_OVER;
        boolean isSearched = eligibility == Eligibility.LACKING && objections.countLacking() >= RoutePlan.FEW_LACKING;
        return isSearched ? IF_SEARCHED : ASKED;
    }

    /// Whether calls that find every place taken at better nodes go on to such a node: to rented ones, but
    /// never to the last resort, because busy nodes are not dead.
    static boolean isSpilledTo(Tier tier) {
        return tier.compareTo(Tier.RENTED) <= 0;
    }
}
