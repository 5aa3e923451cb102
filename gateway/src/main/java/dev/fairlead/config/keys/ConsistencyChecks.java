package dev.fairlead.config.keys;

import dev.fairlead.config.file.FilePlace;
import dev.fairlead.config.file.FileReading;
import dev.fairlead.control.admin.http.AdminConfig;
import dev.fairlead.core.fleet.CallBounds;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.Route;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.text.Durations;
import dev.fairlead.core.url.OwnAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks that the values fit together, which no key can show alone.
final class ConsistencyChecks {
    private static final String ROUTES = "routes";
    private static final String LIMITS = "limits";

    private ConsistencyChecks() {}

    static void run(Settings settings, FileReading reading) {
        listeners(settings, reading);
        hosts(settings, reading);
        admin(settings.admin(), reading);
        timeouts(settings, reading);
        ChainChecks.run(
                settings.chains(),
                settings.policy().routes(),
                settings.upstream().allowLinkLocal(),
                reading);
        routes(settings, reading);
        limits(settings, reading);
        LimitChecks.run(settings, reading);
        tenants(settings, reading);
        itself(settings, reading);
    }

    /// A chain may still come to be at run time.
    private static void hosts(Settings settings, FileReading reading) {
        settings.server().hosts().forEach((host, name) -> {
            boolean known = settings.chains().stream()
                    .anyMatch(plan -> plan.chain().name().equals(name));
            if (known) return;
            reading.notice(
                    reading.placeOf(List.of("server", "hosts", host)),
                    host + " stands for " + name
                            + ", and no chain of this file is called so; calls to that host get 404 as long as none is"
                            + " added at run time");
        });
    }

    private static void routes(Settings settings, FileReading reading) {
        for (Route route : settings.policy().routes()) {
            List<ChainPlan> chains = settings.chains().stream()
                    .filter(plan -> route.chain() == null
                            || route.chain().equals(plan.chain().name()))
                    .toList();
            FilePlace place = element(ROUTES, route.index(), "group", reading);
            if (chains.isEmpty()) {
                chain(settings, ROUTES, route.index(), route.chain(), reading);
            } else if (!route.group().isEmpty() && chains.stream().noneMatch(plan -> has(plan, route.group()))) {
                reading.fault(
                        place,
                        "expected a group of " + named(chains) + ", found another name; declare it as"
                                + " [chains.<chain>.groups." + route.group() + "]");
            }
            tenant(settings, ROUTES, route.index(), route.tenant(), "tenant", reading);
        }
    }

    private static boolean has(ChainPlan plan, String group) {
        return plan.groups().stream().anyMatch(each -> each.name().equals(group));
    }

    private static void limits(Settings settings, FileReading reading) {
        List<Limit> limits = settings.policy().limits();
        for (int i = 0; i < limits.size(); i++) {
            Limit limit = limits.get(i);
            chain(settings, LIMITS, i, limit.chain(), reading);
            tenant(settings, LIMITS, i, limit.tenant(), "tenant", reading);
            for (String exempt : limit.exempt().tenants()) {
                tenant(settings, LIMITS, i, exempt, "exempt_tenants", reading);
            }
        }
    }

    private static void tenants(Settings settings, FileReading reading) {
        TokenKeys.check(settings.policy().tenants(), reading);
        for (TenantPlan tenant : settings.policy().tenants()) {
            if (!tenant.name().equals(Tenant.PUBLIC.name())) continue;
            reading.fault(
                    reading.placeOf(List.of("tenants", tenant.name())),
                    "callers without a key are called public already; say of them what holds in [policy], [[routes]] and"
                            + " [[limits]], with tenant = \"public\"");
        }
    }

    private static void chain(Settings settings, String list, int index, @Nullable String name, FileReading reading) {
        if (name == null || settings.chains().isEmpty()) return;
        if (settings.chains().stream().anyMatch(plan -> plan.chain().name().equals(name))) return;
        reading.fault(
                element(list, index, "chain", reading), "expected the name of a chain in this file, found another one");
    }

    /// Tenants may be added at run time too, so that a name which the file does not have may be right.
    private static void tenant(
            Settings settings, String list, int index, @Nullable String name, String key, FileReading reading) {
        if (name == null || name.equals(Tenant.PUBLIC.name())) return;
        if (settings.policy().tenants().stream()
                .anyMatch(tenant -> tenant.name().equals(name))) return;
        reading.noticeForCheck(
                element(list, index, key, reading),
                "this file declares no tenant named " + name
                        + ": without one that is added at run time (fairlead tenants" + " add " + name
                        + ") this has no effect; the gateway says at its start whether there is one");
    }

    private static FilePlace element(String list, int index, String key, FileReading reading) {
        return reading.placeOf(List.of(list, "[" + index + "]", key));
    }

    private static String named(List<ChainPlan> chains) {
        return chains.size() == 1 ? "the chain " + chains.getFirst().chain().name() : "one of the chains";
    }

    private static void itself(Settings settings, FileReading reading) {
        for (ChainPlan plan : settings.chains()) {
            for (Node node : plan.nodes()) {
                OwnAddress.remark(settings.ownAddresses(), node.endpoint().http())
                        .ifPresent(remark -> reading.notice(
                                reading.placeOf(List.of(
                                        "chains",
                                        plan.chain().name(),
                                        "nodes",
                                        node.id().name(),
                                        "url")),
                                remark));
            }
        }
    }

    private static void listeners(Settings settings, FileReading reading) {
        List<InetSocketAddress> taken = new ArrayList<>();
        for (InetSocketAddress address : settings.server().listen()) {
            if (taken.stream().anyMatch(other -> collide(other, address))) {
                reading.fault(
                        reading.placeOf(List.of("server", "listen")),
                        "two of the addresses are one: every interface includes the others with its port");
            }
            taken.add(address);
        }
        if (taken.isEmpty()) {
            reading.fault(reading.placeOf(List.of("server", "listen")), "expected at least one address");
        }
        if (taken.stream().anyMatch(other -> collide(other, settings.admin().listen()))) {
            reading.fault(
                    reading.placeOf(List.of("admin", "listen")),
                    "the clients' listener has this port (server.listen); give each its own");
        }
    }

    private static boolean collide(InetSocketAddress a, InetSocketAddress b) {
        if (a.getPort() != b.getPort() || a.getPort() == 0) return false;
        return a.getAddress().equals(b.getAddress())
                || a.getAddress().isAnyLocalAddress()
                || b.getAddress().isAnyLocalAddress();
    }

    private static void admin(AdminConfig admin, FileReading reading) {
        InetAddress address = admin.listen().getAddress();
        boolean tokenSaid = admin.token() != null || reading.isAtFault("admin", "token");
        if (address.isLoopbackAddress() || tokenSaid) return;
        reading.fault(
                reading.placeOf(List.of("admin", "listen")),
                "an address that is not loopback needs admin.token, found none; set a token, or listen on 127.0.0.1");
    }

    private static void timeouts(Settings settings, FileReading reading) {
        Duration eject = settings.dispatch().eject();
        Duration atMost = settings.dispatch().ejectAtMost();
        if (eject.compareTo(atMost) > 0) {
            reading.fault(
                    reading.placeOf(List.of("dispatch", reading.has("dispatch", "eject") ? "eject" : "eject_at_most")),
                    "eject (" + Durations.show(eject) + ") is longer than eject_at_most (" + Durations.show(atMost)
                            + "); make it shorter");
        }
        if (settings.dispatch().outOfService() != null
                && (reading.has("dispatch", "eject") || reading.has("dispatch", "eject_at_most"))) {
            reading.notice(
                    reading.placeOf(List.of("dispatch", "out_of_service")),
                    "counts instead of eject and eject_at_most, which have no effect beside it");
        }
        Duration call = settings.server().timeouts().call();
        Duration attempt = settings.dispatch().attempt();
        if (attempt.compareTo(call) >= 0) {
            reading.notice(
                    reading.placeOf(List.of("dispatch", "attempt")),
                    "one attempt may last as long as the whole call (server.timeouts.call, " + Durations.show(call)
                            + "), so no second node would be asked");
        }
        for (ChainPlan plan : settings.chains()) {
            deadline(plan.chain().bounds(), call, List.of("chains", plan.chain().name()), reading);
            for (Group group : plan.groups()) {
                deadline(group.bounds(), call, List.of("chains", plan.chain().name(), "groups", group.name()), reading);
            }
        }
    }

    private static void deadline(CallBounds bounds, Duration call, List<String> table, FileReading reading) {
        Duration deadline = bounds.deadline();
        if (deadline == null || deadline.compareTo(call) <= 0) return;
        var keys = new ArrayList<>(table);
        keys.addAll(List.of("dispatch", CallBoundsKeys.DEADLINE));
        reading.fault(
                reading.placeOf(keys),
                "expected at most server.timeouts.call (" + Durations.show(call) + "), which holds for all, found "
                        + Durations.show(deadline));
    }
}
