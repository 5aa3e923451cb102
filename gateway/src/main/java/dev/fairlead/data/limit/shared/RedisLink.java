package dev.fairlead.data.limit.shared;

import dev.fairlead.core.jsonrpc.OneLine;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The connection to Redis. It is made when it is needed, and given up when an answer is late, so that what was asked
/// before is not mixed up with what is asked then.
final class RedisLink implements RedisScripts {
    private static final int THREADS = 2;

    private final RedisConfig config;
    private final RedisAddress address;
    private final ClientResources resources;
    private final RedisClient client;
    private final Map<String, Script> scripts = new HashMap<>();
    private @Nullable StatefulRedisConnection<String, String> connection;

    private record Script(String text, String digest) {}

    RedisLink(RedisConfig config, RedisAddress address) {
        this.config = config;
        this.address = address;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .build();
        this.client = RedisClient.create(resources);
        client.setOptions(options(config));
    }

    private static ClientOptions options(RedisConfig config) {
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(config.timeout()).build());
        if (config.ca() == null) return options.build();
        SslOptions tls = SslOptions.builder()
                .jdkSslProvider()
                .trustManager(config.ca().toFile())
                .build();
        return options.sslOptions(tls).build();
    }

    @Override
    public List<String> run(String name, List<String> keys, List<String> arguments)
            throws RedisGone, InterruptedException {
        try {
            RedisAsyncCommands<String, String> commands = connected().async();
            Script script = scripts.computeIfAbsent(name, file -> script(commands, file));
            String[] keyArray = keys.toArray(String[]::new);
            String[] argumentArray = arguments.toArray(String[]::new);
            try {
                return await(
                        commands.evalsha(script.digest(), ScriptOutputType.MULTI, keyArray, argumentArray),
                        config.timeout());
            } catch (RedisNoScriptException _) {
                return await(
                        commands.eval(script.text(), ScriptOutputType.MULTI, keyArray, argumentArray),
                        config.timeout());
            }
        } catch (RuntimeException | TimeoutException failure) {
            drop();
            throw new RedisGone(reason(failure));
        }
    }

    private StatefulRedisConnection<String, String> connected() throws TimeoutException, InterruptedException {
        StatefulRedisConnection<String, String> kept = connection;
        if (kept != null && kept.isOpen()) return kept;
        drop();
        Future<StatefulRedisConnection<String, String>> made =
                client.connectAsync(StringCodec.UTF8, uri()).toCompletableFuture();
        // the first connection of a process waits for classes to be loaded
        StatefulRedisConnection<String, String> now =
                await(made, config.timeout().plusSeconds(1));
        connection = now;
        return now;
    }

    private RedisURI uri() {
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(address.host())
                .withPort(address.port())
                .withSsl(address.isTls())
                .withDatabase(address.database())
                .withTimeout(config.timeout())
                .withClientName("fairlead");
        String password = config.password() != null ? config.password() : address.password();
        if (password == null) return uri.build();
        if (address.user() == null)
            return uri.withPassword(password.toCharArray()).build();
        return uri.withAuthentication(address.user(), password.toCharArray()).build();
    }

    private static <T> T await(Future<T> answer, Duration timeout) throws TimeoutException, InterruptedException {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(failed.getCause());
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw late;
        }
    }

    private String reason(Exception failure) {
        if (failure instanceof TimeoutException) {
            return "no answer from " + address + " within " + config.timeout().toMillis() + " ms";
        }
        Throwable cause = failure;
        while (cause.getCause() != null) cause = cause.getCause();
        String said = cause.getMessage();
        String text = said == null || said.isBlank() ? cause.getClass().getSimpleName() : said;
        return address + ": " + OneLine.of(masked(masked(text, config.password()), address.password()));
    }

    private static String masked(String text, @Nullable String secret) {
        return secret == null || secret.isEmpty() ? text : text.replace(secret, "***");
    }

    private static Script script(RedisAsyncCommands<String, String> commands, String name) {
        try (InputStream in = Objects.requireNonNull(RedisLink.class.getResourceAsStream(name), name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Script(text, commands.digest(text));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void drop() {
        StatefulRedisConnection<String, String> old = connection;
        connection = null;
        if (old != null && old.isOpen()) old.closeAsync();
    }

    @Override
    public void close() {
        drop();
        // what it has to say of that needs the threads that end afterwards
        client.shutdownAsync(0, 1, TimeUnit.SECONDS)
                .orTimeout(1, TimeUnit.SECONDS)
                .exceptionally(_ -> null)
                .join();
        resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
