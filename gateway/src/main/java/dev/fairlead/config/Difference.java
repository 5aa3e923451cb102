package dev.fairlead.config;

import dev.fairlead.control.admin.AdminConfig;
import dev.fairlead.data.server.ServerConfig;
import java.util.ArrayList;
import java.util.List;

/// What a reload changes, in lines for the log; secrets are named and not shown.
///
/// @param applied what takes effect at once
/// @param needRestart what is read at the next start only: where the gateway listens, its event loops, its store
public record Difference(List<String> applied, List<String> needRestart) {
    public static Difference between(Settings before, Settings after) {
        Changes changes = Changes.none();
        Keys.ROOT.compare(before, after, changes);
        return new Difference(List.copyOf(changes.applied()), List.copyOf(changes.needRestart()));
    }

    /// `after`, but with what needs a restart as it was: what a running gateway can take over.
    public static Settings applicable(Settings before, Settings after) {
        ServerConfig server = after.server();
        return new Settings(
                new ServerConfig(
                        before.server().listen(),
                        server.tls(),
                        server.corsOrigins(),
                        server.gzip(),
                        server.limits(),
                        server.timeouts()),
                after.upstream(),
                after.dispatch(),
                new AdminConfig(before.admin().listen(), after.admin().token()),
                before.store(),
                before.loops(),
                after.logs(),
                after.chains());
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
