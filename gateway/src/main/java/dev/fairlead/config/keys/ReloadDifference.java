package dev.fairlead.config.keys;

import dev.fairlead.config.DifferenceLines;
import dev.fairlead.control.admin.http.AdminConfig;
import dev.fairlead.core.memory.MemoryConfig;
import dev.fairlead.core.upstream.UpstreamConfig;
import dev.fairlead.data.http.ServerConfig;
import java.util.ArrayList;
import java.util.List;

/// What a reload changes, in lines for the log; secrets are named and not shown.
///
/// @param applied what takes effect at once
/// @param needRestart what is read at the next start only: where the gateway listens, whether with TLS,
/// its event loops, its connections, its store
public record ReloadDifference(List<String> applied, List<String> needRestart) {
    public static ReloadDifference between(Settings before, Settings after) {
        DifferenceLines lines = DifferenceLines.none();
        Keys.ROOT.compare(before, after, lines);
        return new ReloadDifference(List.copyOf(lines.applied()), List.copyOf(lines.needRestart()));
    }

    /// `after`, but with what needs a restart as it was: what a running gateway can take over.
    public static Settings applicable(Settings before, Settings after) {
        return new Settings(
                server(before.server(), after.server()),
                upstream(before.upstream(), after.upstream()),
                after.dispatch(),
                admin(before.admin(), after.admin()),
                before.store(),
                memory(before.memory(), after.memory()),
                before.loops(),
                after.logs(),
                after.chains());
    }

    private static ServerConfig server(ServerConfig before, ServerConfig after) {
        boolean switched = (before.tls() == null) != (after.tls() == null);
        return new ServerConfig(
                before.listen(),
                switched ? before.tls() : after.tls(),
                after.corsOrigins(),
                after.gzip(),
                after.limits(),
                after.timeouts());
    }

    private static UpstreamConfig upstream(UpstreamConfig before, UpstreamConfig after) {
        return new UpstreamConfig(
                after.connectTimeout(),
                after.idleTimeout(),
                after.stallTimeout(),
                before.connectionsPerNode(),
                after.heldReply(),
                after.largestReply(),
                after.allowLinkLocal());
    }

    private static MemoryConfig memory(MemoryConfig before, MemoryConfig after) {
        return new MemoryConfig(before.heap(), before.direct(), after.patience(), after.unread());
    }

    /// A token may go only together with the open address that it protects, and that goes at the next start.
    private static AdminConfig admin(AdminConfig before, AdminConfig after) {
        boolean open = !before.listen().getAddress().isLoopbackAddress();
        return new AdminConfig(before.listen(), open && after.token() == null ? before.token() : after.token());
    }

    public boolean isNone() {
        return applied.isEmpty() && needRestart.isEmpty();
    }

    public List<String> lines() {
        var lines = new ArrayList<>(applied);
        needRestart.forEach(line -> lines.add(line + " (takes effect at the next start)"));
        return List.copyOf(lines);
    }
}
