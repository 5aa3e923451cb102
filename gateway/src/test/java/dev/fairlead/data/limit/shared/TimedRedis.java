package dev.fairlead.data.limit.shared;

import dev.fairlead.support.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A real Redis that runs one of the real scripts, by a clock that a test moves.
final class TimedRedis implements AutoCloseable {
    private static final String TIME = "redis.call('TIME')";

    private final RedisServer server = RedisServer.start();
    private final RedisClient client = RedisClient.create(server.url());
    private final StatefulRedisConnection<String, String> connection = client.connect();
    private final String script;

    private TimedRedis(String script) {
        this.script = read(script);
    }

    /// @param script name of its file
    static TimedRedis of(String script) {
        return new TimedRedis(script);
    }

    List<String> run(List<String> keys, List<String> arguments, long millis) {
        var all = new ArrayList<>(arguments);
        all.add(Long.toString(millis));
        return connection
                .sync()
                .eval(script, ScriptOutputType.MULTI, keys.toArray(String[]::new), all.toArray(String[]::new));
    }

    void lose() {
        connection.sync().flushall();
    }

    private static String read(String script) {
        try (InputStream in = Objects.requireNonNull(LeaseBatch.class.getResourceAsStream(script))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (!text.contains(TIME)) throw new IllegalStateException("the script has another clock: " + text);
            return text.replace(TIME, "({math.floor(ARGV[#ARGV] / 1000), (ARGV[#ARGV] % 1000) * 1000})");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
        server.close();
    }
}
