package dev.fairlead.config;

import dev.fairlead.config.Settings.LogStyle;
import dev.fairlead.config.Settings.Logs;
import dev.fairlead.config.Settings.Loops;
import dev.fairlead.control.admin.AdminConfig;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.core.upstream.Transport;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.event.Level;

/// The keys of what keeps the house: `[admin]`, `[store]`, `[event_loops]`, `[logs]`.
final class HouseKeys {
    private static final String AUTO = "auto";

    static final Key<AdminConfig, InetSocketAddress> LISTEN = new Key<>(
                    "listen",
                    Scalars.address(),
                    AdminConfig::listen,
                    "Where the admin API and the metrics answer; an address that is not loopback needs a token.")
            .atNextStart();
    static final Key<AdminConfig, String> TOKEN = new Key<>(
            "token",
            Scalars.text("text", "a text of 8 to 512 characters without spaces", "[!-~]{8,512}")
                    .hidden(),
            AdminConfig::token,
            "What operators and scripts must show, as `Authorization: Bearer …`.");
    static final Table<AdminConfig> ADMIN = new Table<>(
            "admin",
            "The operators' side: admin API and metrics.",
            AdminConfig.DEFAULT,
            List.of(LISTEN, TOKEN),
            values -> new AdminConfig(values.of(LISTEN), values.orNull(TOKEN)));

    static final Key<StoreConfig, Path> DIRECTORY = new Key<>(
                    "directory",
                    Scalars.directory(),
                    StoreConfig::directory,
                    "Where nodes added at run time are kept; made when it does not exist. A path given here is relative "
                            + "to the configuration file, the default to the working directory.")
            .atNextStart();
    static final Table<StoreConfig> STORE = new Table<>(
            "store",
            "What must outlive the process.",
            StoreConfig.DEFAULT,
            List.of(DIRECTORY),
            values -> new StoreConfig(values.of(DIRECTORY)));

    static final Key<Loops, Optional<Transport>> TRANSPORT = new Key<Loops, Optional<Transport>>(
                    "transport",
                    transport(),
                    loops -> Optional.ofNullable(loops.forced()),
                    "The kernel's interface; `auto` takes the best that this kernel offers.")
            .atNextStart();
    static final Key<Loops, Integer> THREADS = new Key<>(
                    "threads",
                    Scalars.count(0, 1024),
                    Loops::threads,
                    "Event loops, which share all connections; 0 is one for each processor.")
            .atNextStart();
    static final Table<Loops> LOOPS = new Table<>(
            "event_loops",
            "The threads that serve clients and nodes alike.",
            Loops.DEFAULT,
            List.of(TRANSPORT, THREADS),
            values -> new Loops(values.of(TRANSPORT).orElse(null), values.of(THREADS)));

    static final Key<Logs, LogStyle> FORMAT = new Key<>(
            "format",
            Scalars.choice(List.of(LogStyle.values())),
            Logs::style,
            "Lines for people, or one JSON object a line.");
    static final Key<Logs, Level> LEVEL = new Key<>(
            "level",
            Scalars.choice(List.of(Level.values())),
            Logs::level,
            "From which level on log lines are written.");
    static final Table<Logs> LOGS = new Table<>(
            "logs",
            "Log lines go to standard error.",
            Logs.DEFAULT,
            List.of(FORMAT, LEVEL),
            values -> new Logs(values.of(FORMAT), values.of(LEVEL)));

    private HouseKeys() {}

    private static Scalar<Optional<Transport>> transport() {
        return Scalars.words(
                List.of(AUTO, "io_uring", "epoll", "nio"),
                word -> word.equals(AUTO)
                        ? Optional.empty()
                        : Optional.of(Transport.valueOf(word.toUpperCase(Locale.ROOT))),
                forced -> forced.map(one -> one.name().toLowerCase(Locale.ROOT)).orElse(AUTO));
    }
}
