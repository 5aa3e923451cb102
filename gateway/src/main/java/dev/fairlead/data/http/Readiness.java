package dev.fairlead.data.http;

import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a load balancer should send calls here, and why not.
///
/// @param because why it is not ready, or empty
public record Readiness(boolean ready, String because, List<OfChain> chains) {
    private static final int NODES_NAMED = 8;

    record OfChain(String chain, boolean ready, String because) {}

    public static Readiness of(Fleet fleet, boolean stopping) {
        List<OfChain> chains = new ArrayList<>();
        for (ChainState chain : fleet.chains().values()) chains.add(of(chain));
        if (stopping) return new Readiness(false, "shutting down", chains);
        if (chains.isEmpty()) return new Readiness(false, "no chain is declared", chains);
        boolean any = chains.stream().anyMatch(OfChain::ready);
        return new Readiness(any, any ? "" : "no chain has a node that can serve", chains);
    }

    /// Not ready when the process itself has a fault.
    public Readiness unless(Optional<String> fault) {
        return fault.map(why -> new Readiness(false, why, chains)).orElse(this);
    }

    /// The same for one chain alone.
    ///
    /// @return null when there is no such chain
    @Nullable
    public Readiness narrowedTo(String name, boolean stopping) {
        for (OfChain chain : chains) {
            if (!chain.chain().equals(name)) continue;
            String why = stopping ? because : chain.because();
            return new Readiness(chain.ready() && !stopping, why, List.of(chain));
        }
        return null;
    }

    private static OfChain of(ChainState chain) {
        String name = chain.chain().name();
        if (chain.nodes().isEmpty()) return new OfChain(name, false, "no node is declared");
        for (NodeState node : chain.nodes()) {
            if (node.serves()) return new OfChain(name, true, "");
        }
        List<String> reasons = new ArrayList<>();
        for (NodeState node : chain.nodes()) {
            if (reasons.size() < NODES_NAMED) reasons.add(reason(node));
        }
        int more = chain.nodes().size() - reasons.size();
        if (more > 0) reasons.add("and " + more + " more");
        return new OfChain(name, false, String.join("; ", reasons));
    }

    private static String reason(NodeState node) {
        String why = node.verdict().ready() && node.node().mode() != Node.Mode.SERVING
                ? node.node().mode() == Node.Mode.CORDONED ? "cordoned" : "draining"
                : node.verdict().word() + " (" + node.verdict().evidence() + ")";
        return node.id().name() + " " + why;
    }

    public byte[] json() {
        var out = new ByteArrayOutputStream();
        write(out, "{\"ready\":" + ready);
        if (!because.isEmpty()) because(out, because);
        write(out, ",\"chains\":{");
        String comma = "";
        for (OfChain chain : chains) {
            write(out, comma);
            out.writeBytes(JsonText.encode(chain.chain()));
            write(out, ":{\"ready\":" + chain.ready());
            if (!chain.because().isEmpty()) because(out, chain.because());
            write(out, "}");
            comma = ",";
        }
        write(out, "}}\n");
        return out.toByteArray();
    }

    private static void because(ByteArrayOutputStream out, String why) {
        write(out, ",\"because\":");
        out.writeBytes(JsonText.encode(why));
    }

    private static void write(ByteArrayOutputStream out, String ascii) {
        out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}
