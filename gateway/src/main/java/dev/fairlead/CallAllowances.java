package dev.fairlead;

import dev.fairlead.control.admin.view.Explainer.Caller;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.fleet.Allowance;
import dev.fairlead.core.fleet.Allowance.Day;
import dev.fairlead.core.fleet.Allowance.Share;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.text.CallRates;
import dev.fairlead.data.call.CreditBucket.Left;
import dev.fairlead.data.limit.CallLimits;
import dev.fairlead.data.limit.DailyUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a call would take of its caller's credits, for those who ask why it is let through or not.
///
/// @param places where a key of the configuration stands; empty when it stands nowhere
record CallAllowances(CallLimits limits, DailyUse dailyUse, UnaryOperator<String> places) {
    Allowance of(AccessPolicy policy, Caller caller, String chain, Method method) {
        Tenant tenant = caller.tenant();
        var shares = new ArrayList<Share>();
        for (Limit.Identified limit : fitting(policy, tenant, chain, method)) {
            if (!limit.limit().counts(method.name())) continue;
            if (limit.limit().exempt().has(caller.origin(), caller.agent())) continue;
            shares.add(share(limit, tenant, chain, method));
        }
        return new Allowance(policy.credits(method), shares, day(policy, tenant));
    }

    /// What callers are told whose credits do not do; null where they do, or where this gateway does not know.
    @Nullable
    String objection(Allowance allowance) {
        Day day = allowance.day();
        if (day != null && day.quota() > 0 && day.left() < allowance.credits()) return DailyUse.SPENT;
        for (Share share : allowance.limits()) {
            if (share.left() != null && share.left() < allowance.credits()) {
                return "you have called too often for now (" + share.key() + ")";
            }
        }
        return null;
    }

    /// Limits by sender count what brings transactions, and nothing else.
    private static List<Limit.Identified> fitting(AccessPolicy policy, Tenant tenant, String chain, Method method) {
        var all = new ArrayList<>(policy.limits(tenant, chain));
        if (method.kind() == Method.Kind.SUBMISSION) all.addAll(policy.senderLimits(tenant, chain));
        return all;
    }

    private Share share(Limit.Identified each, Tenant tenant, String chain, Method method) {
        Limit limit = each.limit();
        Left left = limits.left(each, tenant, chain, method.name());
        return new Share(limit.key(), places.apply(place(limit.key())), bound(limit), credits(left), note(left));
    }

    private static @Nullable Long credits(Left left) {
        return switch (left) {
            case Left.Here(var credits) -> credits;
            case Left.OfAll(var credits) -> credits;
            case Left.OfPart(var credits) -> credits;
            case Left.NotHeard _, Left.OfCaller _ -> null;
        };
    }

    private static String note(Left left) {
        return switch (left) {
            case Left.Here _ -> "";
            case Left.OfAll _ -> "for all gateways together, as this one last heard from Redis";
            case Left.OfPart _ -> "of this gateway's part, which counts until Redis answers";
            case Left.NotHeard _ -> "what is left Redis knows: no such call came to this gateway lately";
            case Left.OfCaller _ -> "what is left depends on who calls";
        };
    }

    /// A preset's limit is named by the key and its word.
    private static String place(String key) {
        int space = key.indexOf(' ');
        return space < 0 ? key : key.substring(0, space);
    }

    private static String bound(Limit limit) {
        String rate = CallRates.show(new CallRate(limit.credits(), limit.window()));
        String burst = limit.burst() == limit.credits() ? "" : ", %,d at once";
        String apart = limit.per().isEmpty()
                ? ""
                : limit.per().stream()
                        .map(per -> per.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" and ", ", for each ", ""));
        if (limit.isFixed()) return rate + " in fixed windows" + apart;
        return rate + String.format(Locale.ROOT, burst, limit.burst()) + apart;
    }

    private @Nullable Day day(AccessPolicy policy, Tenant tenant) {
        if (tenant.equals(Tenant.PUBLIC)) return null;
        long taken = dailyUse.uses().stream()
                .filter(use -> use.tenant().equals(tenant.name()))
                .mapToLong(DayUse::credits)
                .sum();
        String key = "tenants." + tenant.name() + ".daily";
        long quota = policy.daily(tenant);
        return new Day(key, quota == 0 ? "" : places.apply(key), quota, taken);
    }
}
