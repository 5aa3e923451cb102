package dev.fairlead;

import dev.fairlead.cli.FairleadCommand;
import dev.fairlead.control.store.sqlite.SqliteStore;
import dev.fairlead.core.net.Transport;
import java.util.Set;

/// Where the process starts.
public final class Main {
    /// The commands that become a gateway.
    private static final Set<String> SERVERS = Set.of("serve", "demo");

    private Main() {}

    public static void main(String[] args) {
        if (args.length > 0 && SERVERS.contains(args[0])) kindle();
        System.exit(FairleadCommand.commandLine(Wiring::start, args).execute(args));
    }

    /// Loads what every gateway loads while the command line is still being read. Nothing waits for it. If
    /// something cannot be loaded, that is reported where it is needed.
    private static void kindle() {
        Thread.ofPlatform().daemon().name("kindle").start(() -> {
            SqliteStore.load();
            Transport.best();
        });
    }
}
