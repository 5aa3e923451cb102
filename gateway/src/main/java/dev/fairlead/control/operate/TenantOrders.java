package dev.fairlead.control.operate;

import dev.fairlead.control.operate.Decision.Accepted;
import dev.fairlead.control.operate.Decision.Verb;
import dev.fairlead.control.operate.MergedTenants.Origin;
import dev.fairlead.control.operate.OrderResult.Cause;
import dev.fairlead.control.operate.OrderResult.Rejected;
import dev.fairlead.control.operate.TenantReading.Faulty;
import dev.fairlead.control.operate.TenantReading.Sound;
import dev.fairlead.control.store.AddedTenant;
import dev.fairlead.control.store.StoreChange;
import dev.fairlead.control.store.StoreChange.KeysForgotten;
import dev.fairlead.control.store.StoreChange.TenantForgotten;
import dev.fairlead.control.store.StoreChange.TenantKept;
import dev.fairlead.control.store.StoredDeclarations;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.jsonrpc.Counted;
import dev.fairlead.core.policy.HeavyCalls;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.Preset;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.url.NameRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides orders about tenants. No clock, no I/O, as [Orders].
///
/// @param who gives them
record TenantOrders(FileDeclarations file, StoredDeclarations stored, MergedDeclarations merged, String who) {
    static final int MOST_TENANTS = 10_000;

    private static final String LIST = "fairlead tenants list shows what there is";

    Decision add(String name, TenantOrder order, Instant at) {
        String fault = NameRule.TENANT.objection(name);
        if (fault != null) return rejected(Cause.INVALID, "name: " + fault, "choose another name");
        if (name.equals(Tenant.PUBLIC.name())) {
            return rejected(Cause.INVALID, "name: " + name + " are all who call without a key", "choose another name");
        }
        boolean exists = merged.tenants().tenant(name).isPresent();
        if (exists && merged.tenants().origin(name) != Origin.UNDECLARED) {
            return rejected(Cause.CONFLICT, "there is already a tenant " + name, "choose another name; " + LIST);
        }
        if (!exists && tenants() >= MOST_TENANTS) {
            return rejected(
                    Cause.CONFLICT,
                    "expected at most %,d tenants, found as many already".formatted(MOST_TENANTS),
                    "remove some first");
        }
        return switch (TenantReader.read(order, new TenantPlan(name, MethodPolicy.NONE), this::heavyCalls)) {
            case Faulty(var faults) -> faulty(faults);
            case Sound(var plan) -> add(new AddedTenant(plan, at, who, at));
        };
    }

    private Decision add(AddedTenant tenant) {
        String name = tenant.name();
        var remarks = new ArrayList<String>();
        int keys = stored.keys().of(name).size();
        if (keys > 0) remarks.add(Counted.of(keys, "key") + " of an earlier tenant " + name + " can be used again");
        if (tenants() == 0) remarks.addAll(whatTheFirstOneCloses());
        return accepted(tenant, Verb.TENANT_ADD, TenantText.whole(tenant.plan()), remarks);
    }

    /// What `order` does not say stays as it is.
    Decision update(String name, TenantOrder order, Instant at) {
        if (isOfFile(name)) return filesOwn(name, "change");
        Optional<AddedTenant> before = added(name);
        if (before.isEmpty()) {
            return rejected(Cause.UNKNOWN, "there is no tenant " + KeyOrders.shown(name) + " to change", LIST);
        }
        return switch (TenantReader.read(order, before.get().plan(), this::heavyCalls)) {
            case Faulty(var faults) -> faulty(faults);
            case Sound(var plan) -> update(before.get(), before.get().ruled(plan, who, at));
        };
    }

    private Decision update(AddedTenant before, AddedTenant after) {
        if (before.plan().equals(after.plan())) {
            return new Accepted(
                    Verb.TENANT_UPDATE,
                    List.of(),
                    new Subject.OfTenant(before.plan(), Origin.ADDED),
                    "",
                    List.of("nothing changed"));
        }
        return accepted(after, Verb.TENANT_UPDATE, TenantText.changes(before.plan(), after.plan()), List.of());
    }

    private static Accepted accepted(AddedTenant tenant, Verb verb, String details, List<String> remarks) {
        return new Accepted(
                verb,
                List.of(new TenantKept(tenant)),
                new Subject.OfTenant(tenant.plan(), Origin.ADDED),
                details,
                remarks);
    }

    /// @param plan of the only tenant that matters
    private HeavyCalls heavyCalls(TenantPlan plan) {
        var policy = new PolicyPlan(file.policy().general(), file.policy().routes(), List.of(plan));
        return new HeavyCalls(
                policy, merged.chains().stream().map(ChainPlan::access).toList(), file.onlyLoopback());
    }

    private Optional<AddedTenant> added(String name) {
        return stored.tenants().stream()
                .filter(tenant -> tenant.name().equals(name))
                .findFirst();
    }

    private boolean isOfFile(String name) {
        return file.policy().tenants().stream().anyMatch(tenant -> tenant.name().equals(name));
    }

    private Rejected filesOwn(String name, String verb) {
        String place = merged.tenants().placeOf("tenants." + name);
        return rejected(
                Cause.CONFLICT,
                "tenant " + name + " is declared in the configuration file"
                        + (place.isEmpty() ? "" : " (" + place + ")") + ", which owns it",
                verb + " it there and reload; keys are added and revoked here too");
    }

    /// @param force whether its keys are revoked, and the gateway opened to everybody if that is what comes of it
    Decision remove(String name, boolean force) {
        boolean added = added(name).isPresent();
        boolean ofFile = isOfFile(name);
        if (ofFile && added) {
            String remark = "the file's tenant " + name + " stays, with its keys; only what was ordered is forgotten";
            return accepted(Verb.TENANT_REMOVE, List.of(new TenantForgotten(name)), name, remark, List.of(remark));
        }
        if (ofFile) return filesOwn(name, "remove");
        int keys = stored.keys().of(name).size();
        if (!added && keys == 0) return rejected(Cause.UNKNOWN, "there is no tenant " + KeyOrders.shown(name), LIST);
        boolean opens = tenants() == 1 && !chainsNotSaid().isEmpty();
        if (!force && keys > 0) {
            return rejected(
                    Cause.CONFLICT,
                    "tenant " + name + " has " + Counted.of(keys, "key"),
                    "revoke " + (keys == 1 ? "it" : "them") + " first, or remove both with --force (force=true)");
        }
        if (!force && opens) {
            return rejected(
                    Cause.CONFLICT,
                    name + " is the last tenant: without one, calls without a key are served " + where(),
                    "say policy.public = false in the configuration first, or remove it with --force (force=true)");
        }
        var changes = new ArrayList<StoreChange>();
        changes.add(new TenantForgotten(name));
        if (keys > 0) changes.add(new KeysForgotten(name));
        List<String> remarks = opens
                ? List.of("it was the last tenant: from now on calls without a key are served " + where())
                : List.of();
        String details = keys == 0 ? "" : "with " + Counted.of(keys, "key");
        return accepted(Verb.TENANT_REMOVE, changes, name, details, remarks);
    }

    private int tenants() {
        return merged.tenants().plan().tenants().size();
    }

    private List<String> whatTheFirstOneCloses() {
        var remarks = new ArrayList<String>();
        if (!chainsNotSaid().isEmpty()) {
            remarks.add("this is the first tenant: from now on calls without a key are refused " + where()
                    + "; policy.public = true serves them all the same");
        }
        if (file.onlyLoopback() && file.policy().general().callers().methods().preset() == null) {
            remarks.add("with tenants the preset is " + Preset.DAPP.word() + ", and was " + Preset.LOCAL.word()
                    + " because only this machine can call; policy.preset = \"" + Preset.LOCAL.word()
                    + "\" keeps that");
        }
        return remarks;
    }

    /// Chains of which it is not said whether they are public, so that it depends on whether there are tenants.
    private List<String> chainsNotSaid() {
        if (file.policy().general().callers().isPublic() != null) return List.of();
        return merged.chains().stream()
                .filter(plan -> plan.policy().isPublic() == null)
                .map(plan -> plan.chain().name())
                .toList();
    }

    private String where() {
        List<String> chains = chainsNotSaid();
        List<ChainPlan> all = merged.chains();
        return chains.size() == all.size() && all.size() > 1 ? "on every chain" : "on " + String.join(", ", chains);
    }

    private Accepted accepted(Verb verb, List<StoreChange> changes, String name, String details, List<String> remarks) {
        TenantPlan tenant = merged.tenants().tenant(name).orElseGet(() -> new TenantPlan(name, MethodPolicy.NONE));
        return new Accepted(
                verb, changes, new Subject.OfTenant(tenant, merged.tenants().origin(name)), details, remarks);
    }

    private static Rejected faulty(List<String> faults) {
        return rejected(Cause.INVALID, String.join("; ", faults), "correct the order and send it again");
    }

    private static Rejected rejected(Cause cause, String reason, String remedy) {
        return new Rejected(cause, reason, remedy);
    }
}
