package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.ListOf;
import dev.fairlead.config.MapOf;
import dev.fairlead.config.Scalar;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.core.url.NameRule;
import dev.fairlead.data.access.IpRange;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.http.ServerConfig.Timeouts;
import dev.fairlead.data.http.ServerConfig.Tls;
import dev.fairlead.data.rpc.ServerLimits;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The keys of the listeners for clients: `[server]` and the tables in it.
final class ServerKeys {
    private static final int KIB = 1024;
    private static final int MOST_HOSTS = 1000;
    private static final long MIB = 1024 * KIB;
    private static final Scalar<Duration> TIME = Scalars.duration(Duration.ofMillis(10), Duration.ofHours(24));

    static final Key<Tls, Path> CERTIFICATE = new Key<Tls, Path>(
                    "certificate",
                    Scalars.file(),
                    Tls::certificate,
                    "PEM file with the certificate and the chain below it; read again when it changes.")
            .needed();
    static final Key<Tls, Path> KEY =
            new Key<Tls, Path>("key", Scalars.file(), Tls::key, "PEM file with the certificate's PKCS#8 key.").needed();
    static final Table<Tls> TLS = new Table<>(
            "server.tls",
            "With this table the listeners speak TLS; without it, clear text. Whether it is there is read at start only, and the "
                    + "files again when they change.",
            new Tls(Path.of(""), Path.of("")),
            List.of(CERTIFICATE, KEY),
            values -> new Tls(values.of(CERTIFICATE), values.of(KEY)));

    static final Key<ServerLimits, Integer> BODY = new Key<>(
            "body",
            Scalars.size(KIB, 1024 * MIB).as(Math::toIntExact, Integer::longValue),
            ServerLimits::body,
            "Largest request body, after decompression.");
    static final Key<ServerLimits, Integer> HEADER = new Key<>(
            "header",
            Scalars.size(KIB, MIB).as(Math::toIntExact, Integer::longValue),
            ServerLimits::header,
            "Largest size of all headers of one request together.");
    static final Key<ServerLimits, Integer> BATCH =
            new Key<>("batch", Scalars.count(1, 100_000), ServerLimits::batch, "Most calls in one batch.");
    static final Key<ServerLimits, Long> BATCH_REPLY = new Key<>(
            "batch_reply",
            Scalars.size(64 * KIB, 1024 * MIB),
            ServerLimits::batchReply,
            "Largest answer to one batch; an element that would exceed it is refused. When one that has begun to leave, and whose "
                    + "length its node did not tell, exceeds it, the answer ends early.");
    static final Key<ServerLimits, Integer> NESTING = new Key<>(
            "nesting", Scalars.count(4, 1000), ServerLimits::nesting, "Deepest nesting of JSON in a request.");
    static final Key<ServerLimits, Integer> CALLS_PER_CONNECTION = new Key<>(
            "calls_per_connection",
            Scalars.count(1, 1_000_000),
            ServerLimits::callsPerConnection,
            "Most calls in flight at once on one client connection.");
    static final Key<ServerLimits, Integer> CONNECTIONS = new Key<>(
            "connections",
            Scalars.count(1, 10_000_000),
            ServerLimits::connections,
            "Most client connections open at once.");
    static final Table<ServerLimits> LIMITS = new Table<>(
            "server.limits",
            "What a client may ask for at the most; beyond it the answer is a clear refusal.",
            ServerLimits.DEFAULT,
            List.of(BODY, HEADER, BATCH, BATCH_REPLY, NESTING, CALLS_PER_CONNECTION, CONNECTIONS),
            values -> new ServerLimits(
                    values.of(BODY),
                    values.of(HEADER),
                    values.of(BATCH),
                    values.of(BATCH_REPLY),
                    values.of(NESTING),
                    values.of(CALLS_PER_CONNECTION),
                    values.of(CONNECTIONS)));

    static final Key<Timeouts, Duration> HEADER_TIME = new Key<>(
            "header", TIME, Timeouts::header, "How long the headers of a request may take once they have begun.");
    static final Key<Timeouts, Duration> BODY_TIME =
            new Key<>("body", TIME, Timeouts::body, "How long the body of a request may take after its headers.");
    static final Key<Timeouts, Duration> IDLE = new Key<>(
            "idle",
            TIME,
            Timeouts::idle,
            "How long a client connection without a call is kept; keep it above your load balancer's.");
    static final Key<Timeouts, Duration> CALL =
            new Key<>("call", TIME, Timeouts::call, "When a client gets an answer at the latest, whatever it is.");
    static final Key<Timeouts, Duration> SLOW_READER = new Key<>(
            "slow_reader",
            TIME,
            Timeouts::slowReader,
            "How long a client may take nothing of an answer that is ready.");
    static final Key<Timeouts, Duration> STOP =
            new Key<>("stop", TIME, Timeouts::stop, "How long calls may take to finish when the gateway stops.");
    static final Table<Timeouts> TIMEOUTS = new Table<>(
            "server.timeouts",
            "How long the clients' side waits.",
            Timeouts.DEFAULT,
            List.of(HEADER_TIME, BODY_TIME, IDLE, CALL, SLOW_READER, STOP),
            values -> new Timeouts(
                    values.of(HEADER_TIME),
                    values.of(BODY_TIME),
                    values.of(IDLE),
                    values.of(CALL),
                    values.of(SLOW_READER),
                    values.of(STOP)));

    static final Key<ServerConfig, List<InetSocketAddress>> LISTEN = new Key<>(
                    "listen",
                    new ListOf<>(Scalars.address()),
                    ServerConfig::listen,
                    "Where clients connect; `:8080` is every interface.")
            .atNextStart();
    static final Key<ServerConfig, List<String>> CORS_ORIGINS = new Key<>(
            "cors_origins",
            new ListOf<>(AllowKeys.exactOrigin()),
            ServerConfig::corsOrigins,
            "Origins from which browsers may call; `*` is any, an empty list none.");
    static final Key<ServerConfig, Boolean> GZIP = new Key<>(
            "gzip", Scalars.flag(), ServerConfig::gzip, "Whether answers are compressed for clients that accept it.");
    static final Key<ServerConfig, Map<String, String>> HOSTS = new Key<>(
            "hosts",
            MapOf.texts(
                    Pattern.compile("([*][.])?[a-z0-9-]+([.][a-z0-9-]+)*"),
                    "a host name in small letters, such as \"mainnet.rpc.example\", or \"*.rpc.example\" for any one label",
                    _ -> false,
                    Scalars.name(NameRule.CHAIN),
                    MOST_HOSTS),
            ServerConfig::hosts,
            "Which chain a host name stands for where the path names none; `*.` stands for any one label.");
    static final Key<ServerConfig, List<IpRange>> TRUSTED_PROXIES = new Key<>(
            "trusted_proxies",
            new ListOf<>(Scalars.addressRange()),
            ServerConfig::trustedProxies,
            "Proxies that may say for whom they forward, by `X-Forwarded-For`, `Forwarded` or the PROXY "
                    + "protocol.");
    static final Key<ServerConfig, Tls> TLS_TABLE = new Key<ServerConfig, Tls>(
                    "tls", TLS, ServerConfig::tls, "Certificate and key of the listeners.")
            .atNextStart();
    static final Key<ServerConfig, ServerLimits> LIMITS_TABLE =
            new Key<>("limits", LIMITS, ServerConfig::limits, "Bounds of requests and connections.");
    static final Key<ServerConfig, Timeouts> TIMEOUTS_TABLE =
            new Key<>("timeouts", TIMEOUTS, ServerConfig::timeouts, "How long the clients' side waits.");
    static final Table<ServerConfig> SERVER = new Table<>(
            "server",
            "The clients' side.",
            ServerConfig.DEFAULT,
            List.of(LISTEN, CORS_ORIGINS, GZIP, HOSTS, TRUSTED_PROXIES, TLS_TABLE, LIMITS_TABLE, TIMEOUTS_TABLE),
            values -> new ServerConfig(
                    values.of(LISTEN),
                    values.orNull(TLS_TABLE),
                    values.of(CORS_ORIGINS),
                    values.of(GZIP),
                    values.of(HOSTS),
                    values.of(TRUSTED_PROXIES),
                    values.of(LIMITS_TABLE),
                    values.of(TIMEOUTS_TABLE)));

    private ServerKeys() {}
}
