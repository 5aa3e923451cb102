package dev.fairlead.config.keys;

import dev.fairlead.config.Addresses;
import dev.fairlead.config.ParsedText;
import dev.fairlead.config.Scalars;
import dev.fairlead.control.admin.http.AdminConfig;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.url.OwnAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command line says on top of the file.
///
/// @param nodes URLs of nodes to serve from
/// @param leader URL of the node to measure them by, or null
/// @param listen where clients connect, or null
/// @param adminListen where operators connect, or null
/// @param data where nodes added at run time are kept, or null
/// @param transport name of the kernel interface to use, or `auto`, or null
public record Overrides(
        List<String> nodes,
        @Nullable String leader,
        @Nullable String listen,
        @Nullable String adminListen,
        @Nullable Path data,
        @Nullable String transport) {
    public static final Overrides NONE = new Overrides(List.of(), null, null, null, null, null);

    /// The chain that nodes on the command line make when the file declares none.
    public static final String CHAIN = "default";

    public Overrides {
        nodes = List.copyOf(nodes);
    }

    public sealed interface Merged {
        /// @param notices what the operator should know, and the file alone does not show
        record Good(Settings settings, List<String> notices) implements Merged {
            public Good(Settings settings) {
                this(settings, List.of());
            }
        }

        /// @param faults one line each, beginning with the option
        record Bad(List<String> faults) implements Merged {}
    }

    public Merged over(Settings file) {
        var faults = new ArrayList<String>();
        Settings merged = file;
        if (data != null) merged = merged.with(new StoreConfig(data));
        if (listen != null) merged = listening(listen, merged, faults);
        if (adminListen != null) merged = administered(adminListen, merged, faults);
        if (transport != null) merged = over(transport, merged, faults);
        if (leader != null || !nodes.isEmpty()) merged = merged.with(chains(file, faults));
        return faults.isEmpty() ? new Merged.Good(merged, notices(file, merged)) : new Merged.Bad(List.copyOf(faults));
    }

    private static List<String> notices(Settings file, Settings merged) {
        List<String> told = leadingBack(file);
        return leadingBack(merged).stream()
                .filter(notice -> !told.contains(notice))
                .toList();
    }

    private static List<String> leadingBack(Settings settings) {
        return settings.chains().stream()
                .flatMap(plan -> plan.nodes().stream())
                .flatMap(node -> OwnAddress.remark(
                                settings.ownAddresses(), node.endpoint().http())
                        .stream()
                        .map(remark -> node.endpoint().masked() + ": " + remark))
                .toList();
    }

    private static Settings listening(String listen, Settings file, List<String> faults) {
        InetSocketAddress address = address("--listen", listen, faults);
        return address == null ? file : file.with(file.server().listeningAt(List.of(address)));
    }

    private static Settings administered(String listen, Settings file, List<String> faults) {
        InetSocketAddress address = address("--admin-listen", listen, faults);
        if (address == null) return file;
        String token = file.admin().token();
        if (token == null && !address.getAddress().isLoopbackAddress()) {
            faults.add("--admin-listen: expected a loopback address, because no token protects the admin API; found "
                    + listen + "; give admin.token in a configuration file to listen elsewhere");
        }
        return file.with(new AdminConfig(address, token));
    }

    private static Settings over(String transport, Settings file, List<String> faults) {
        if (transport.equals("auto"))
            return file.with(new Settings.Loops(null, file.loops().threads()));
        for (Transport known : Transport.values()) {
            if (known.name().equalsIgnoreCase(transport)) {
                return file.with(new Settings.Loops(known, file.loops().threads()));
            }
        }
        faults.add("--transport: expected auto, io_uring, epoll or nio, found " + transport);
        return file;
    }

    private static @Nullable InetSocketAddress address(String option, String text, List<String> faults) {
        return switch (Addresses.parse(text)) {
            case ParsedText.Value<InetSocketAddress>(var address) -> address;
            case ParsedText.Wrong<InetSocketAddress>(var wrong) -> fault(faults, option + ": " + wrong);
            case ParsedText.Other<InetSocketAddress> _ ->
                fault(faults, option + ": expected " + Scalars.address().expected());
        };
    }

    private static @Nullable InetSocketAddress fault(List<String> faults, String text) {
        faults.add(text);
        return null;
    }

    private List<ChainPlan> chains(Settings file, List<String> faults) {
        List<ChainPlan> declared = file.chains();
        if (declared.size() > 1) {
            String names = String.join(
                    ", ", declared.stream().map(plan -> plan.chain().name()).toList());
            faults.add((nodes.isEmpty() ? "--leader" : "--node") + ": the file declares " + declared.size()
                    + " chains (" + names + "), so it is not clear which one is meant; declare the node in the file");
            return declared;
        }
        ChainPlan plan = declared.isEmpty()
                ? new ChainPlan(Chain.of(CHAIN, 0, List.of()), List.of(), List.of(Group.DEFAULT))
                : declared.getFirst();
        return List.of(new NamedNodes(plan, file.upstream().allowLinkLocal(), faults).with(nodes, leader));
    }
}
