package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.Scalar;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.config.keys.Settings.LogStyle;
import dev.fairlead.config.keys.Settings.Logs;
import dev.fairlead.config.keys.Settings.Loops;
import dev.fairlead.control.admin.http.AdminConfig;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.core.memory.MemoryConfig;
import dev.fairlead.core.net.Transport;
import dev.fairlead.data.cache.CacheConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.event.Level;

/// The keys of the process: `[admin]`, `[store]`, `[memory]`, `[cache]`, `[event_loops]`, `[logs]`.
final class ProcessKeys {
    private static final String AUTO = "auto";
    private static final long TIB = 1L << 40;

    static final Key<AdminConfig, InetSocketAddress> LISTEN = new Key<>(
                    "listen",
                    Scalars.address(),
                    AdminConfig::listen,
                    "Where the admin API and the metrics answer; an address that is not loopback needs a token.")
            .atNextStart();
    static final Key<AdminConfig, String> TOKEN = new Key<AdminConfig, String>(
                    "token",
                    Scalars.text("text", "a text of 8 to 512 characters without spaces", "[!-~]{8,512}")
                            .hidden(),
                    AdminConfig::token,
                    "What operators and scripts must show, as `Authorization: Bearer …`.")
            .keptWhere(ProcessKeys::protects);
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
                    "Where nodes, tenants and keys added at run time are kept; made when it does not exist. A path given here is relative "
                            + "to the configuration file, the default to the working directory.")
            .atNextStart();
    static final Table<StoreConfig> STORE = new Table<>(
            "store",
            "What must outlive the process.",
            StoreConfig.DEFAULT,
            List.of(DIRECTORY),
            values -> new StoreConfig(values.of(DIRECTORY)));

    static final Key<MemoryConfig, Long> HEAP = new Key<MemoryConfig, Long>(
                    "heap",
                    Scalars.size(0, TIB),
                    MemoryConfig::heap,
                    "Bytes of request bodies that may be held at once, all clients together; 0 is a quarter of the heap.")
            .atNextStart();
    static final Key<MemoryConfig, Long> DIRECT = new Key<MemoryConfig, Long>(
                    "direct",
                    Scalars.size(0, TIB),
                    MemoryConfig::direct,
                    "Bytes of replies, and of answers that clients have not read, that may be held at once; 0 is half of the "
                            + "direct memory.")
            .atNextStart();
    static final Key<MemoryConfig, Duration> PATIENCE = new Key<>(
            "patience",
            Scalars.duration(Duration.ofMillis(100), Duration.ofHours(1)),
            MemoryConfig::patience,
            "While memory is short, how long a client may hold some of it without reading or sending on.");
    static final Key<MemoryConfig, Integer> UNREAD = new Key<>(
            "unread",
            Scalars.size(0, 1024L * 1024 * 1024).as(Math::toIntExact, Integer::longValue),
            MemoryConfig::unread,
            "Bytes of one large reply that are taken from its node before its client has read them, while there is plenty.");
    static final Table<MemoryConfig> MEMORY = new Table<>(
            "memory",
            "What may be held for clients and nodes, all together.",
            MemoryConfig.DEFAULT,
            List.of(HEAP, DIRECT, PATIENCE, UNREAD),
            values -> new MemoryConfig(values.of(HEAP), values.of(DIRECT), values.of(PATIENCE), values.of(UNREAD)));

    static final Key<CacheConfig, Long> CACHE_MEMORY = new Key<>(
            "memory",
            Scalars.size(0, TIB),
            CacheConfig::memory,
            "Bytes of answers that are kept at the most, never more than an eighth of the heap; 0 keeps none.");
    static final Table<CacheConfig> CACHE = new Table<>(
            "cache",
            "Answers that are true for ever, so that no node is asked for them twice.",
            CacheConfig.DEFAULT,
            List.of(CACHE_MEMORY),
            values -> new CacheConfig(values.of(CACHE_MEMORY)));

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

    private ProcessKeys() {}

    /// A token may go only together with the open address that it protects, and that goes at the next start.
    private static boolean protects(AdminConfig before, AdminConfig after) {
        return after.token() == null && !before.listen().getAddress().isLoopbackAddress();
    }

    private static Scalar<Optional<Transport>> transport() {
        return Scalars.words(
                List.of(AUTO, "io_uring", "epoll", "nio"),
                word -> word.equals(AUTO)
                        ? Optional.empty()
                        : Optional.of(Transport.valueOf(word.toUpperCase(Locale.ROOT))),
                forced -> forced.map(one -> one.name().toLowerCase(Locale.ROOT)).orElse(AUTO));
    }
}
