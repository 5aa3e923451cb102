package dev.fairlead.config;

import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.data.server.ServerConfig;
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
/// @param data where nodes added at run time are kept, or null
public record Overrides(
        List<String> nodes,
        @Nullable String leader,
        @Nullable String listen,
        @Nullable Path data) {
    public static final Overrides NONE = new Overrides(List.of(), null, null, null);

    /// The chain that nodes on the command line make when the file declares none.
    public static final String CHAIN = "default";

    public Overrides {
        nodes = List.copyOf(nodes);
    }

    public sealed interface Merged {
        record Good(Settings settings) implements Merged {}

        /// @param faults one line each, beginning with the option
        record Bad(List<String> faults) implements Merged {}
    }

    public Merged over(Settings file) {
        var faults = new ArrayList<String>();
        Settings merged = file;
        if (data != null) merged = merged.with(new StoreConfig(data));
        if (listen != null) merged = listening(listen, merged, faults);
        if (leader != null || !nodes.isEmpty()) merged = merged.with(chains(file.chains(), faults));
        return faults.isEmpty() ? new Merged.Good(merged) : new Merged.Bad(List.copyOf(faults));
    }

    private static Settings listening(String listen, Settings file, List<String> faults) {
        ServerConfig server = file.server();
        return switch (Addresses.parse(listen)) {
            case Parsed.Value<InetSocketAddress>(var address) ->
                file.with(new ServerConfig(
                        List.of(address),
                        server.tls(),
                        server.corsOrigins(),
                        server.gzip(),
                        server.limits(),
                        server.timeouts()));
            case Parsed.Wrong<InetSocketAddress>(var text) -> fault(faults, "--listen: " + text, file);
            case Parsed.Other<InetSocketAddress> _ ->
                fault(faults, "--listen: expected " + Scalars.address().expected(), file);
        };
    }

    private static Settings fault(List<String> faults, String text, Settings file) {
        faults.add(text);
        return file;
    }

    private List<ChainPlan> chains(List<ChainPlan> declared, List<String> faults) {
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
        return List.of(new NamedNodes(plan, faults).with(nodes, leader));
    }
}
