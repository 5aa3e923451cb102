package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.ParsedText;
import dev.fairlead.config.Scalar;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.data.limit.shared.RedisAddress;
import dev.fairlead.data.limit.shared.RedisConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The keys of `[redis]`.
final class RedisKeys {
    static final Key<RedisConfig, RedisAddress> URL = new Key<RedisConfig, RedisAddress>(
                    "url",
                    address(),
                    RedisConfig::address,
                    "Where the Redis is over which gateways share limits and days of tenants; `rediss://` is over TLS. Without it each "
                            + "gateway counts for itself.")
            .atNextStart();
    static final Key<RedisConfig, String> PASSWORD = new Key<RedisConfig, String>(
                    "password",
                    Scalars.text("text", "a password of 1 to 1024 characters", ".{1,1024}")
                            .hidden(),
                    RedisConfig::password,
                    "Instead of one in the URL.")
            .atNextStart();
    static final Key<RedisConfig, Path> CA = new Key<RedisConfig, Path>(
                    "ca",
                    Scalars.file(),
                    RedisConfig::ca,
                    "PEM file with the authorities that the certificate of Redis must chain to, instead of the system's; for "
                            + "`rediss://`.")
            .atNextStart();
    static final Key<RedisConfig, String> PREFIX = new Key<>(
                    "prefix",
                    Scalars.text("text", "1 to 64 letters, digits, and any of :._-", "[A-Za-z0-9:._-]{1,64}"),
                    RedisConfig::prefix,
                    "How all keys in Redis begin; gateways of one prefix share their limits.")
            .atNextStart();
    static final Key<RedisConfig, Duration> TIMEOUT = new Key<>(
                    "timeout",
                    Scalars.duration(Duration.ofMillis(50), Duration.ofSeconds(10)),
                    RedisConfig::timeout,
                    "After which time without an answer Redis counts as gone. No call waits for it.")
            .atNextStart();
    static final Key<RedisConfig, Integer> GATEWAYS = new Key<>(
                    "gateways",
                    Scalars.count(1, 1000),
                    RedisConfig::gateways,
                    "How many gateways there are as long as Redis has not said it: one that starts while Redis is gone takes such a "
                            + "part of each limit.")
            .atNextStart();
    static final Table<RedisConfig> REDIS = new Table<>(
            "redis",
            "Shares limits and days of tenants between gateways.",
            RedisConfig.NONE,
            List.of(URL, PASSWORD, CA, PREFIX, TIMEOUT, GATEWAYS),
            values -> new RedisConfig(
                    values.orNull(URL),
                    values.orNull(PASSWORD),
                    values.orNull(CA),
                    values.of(PREFIX),
                    values.of(TIMEOUT),
                    values.of(GATEWAYS)));

    private RedisKeys() {}

    private static Scalar<RedisAddress> address() {
        return Scalars.secretUrl(
                "a URL such as \"redis://user:password@127.0.0.1:6379/0\", or rediss://… over TLS",
                RedisAddress.FORM,
                text -> {
                    RedisAddress address = RedisAddress.parse(text);
                    return address == null ? new ParsedText.Other<>() : new ParsedText.Value<>(address);
                });
    }
}
