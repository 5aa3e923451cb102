package dev.fairlead.data.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.fairlead.core.allow.ListObjection;
import dev.fairlead.core.eth.MethodFamily;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.KeyHash;
import dev.fairlead.core.policy.MethodDecision.Closed;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.call.Call;
import java.time.Duration;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Tells operators of calls that are refused for their method, by a list, or for a key that is not valid any
/// more: once in ten minutes for each tenant and family of methods, or list, and for each key, whatever callers
/// send. May be used from any thread.
public final class ClosedCalls {
    static final Duration QUIET = Duration.ofMinutes(10);
    private static final int MOST = 10_000;

    private final Events events;
    private final UnaryOperator<String> places;
    private final BinaryOperator<String> openers;
    private final Cache<Kind, Boolean> told;

    private sealed interface Kind {
        record OfMethods(String tenant, MethodFamily family) implements Kind {}

        record OfList(String tenant, String key, boolean isOfToken) implements Kind {}

        record OfKey(KeyHash key) implements Kind {}
    }

    /// Where its sender alone decides, before a call is read.
    private static final String ANY_CALL = "a request";

    /// @param places where a key of the configuration stands; empty when it stands nowhere
    /// @param openers what opens to a tenant a method
    public ClosedCalls(Events events, UnaryOperator<String> places, BinaryOperator<String> openers) {
        this(events, places, openers, Ticker.systemTicker());
    }

    ClosedCalls(Events events, UnaryOperator<String> places, BinaryOperator<String> openers, Ticker clock) {
        this.events = events;
        this.places = places;
        this.openers = openers;
        this.told = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(QUIET)
                .ticker(clock)
                .executor(Runnable::run)
                .build();
    }

    /// @param chain null where none is known
    public void forbidden(@Nullable String chain, Tenant tenant, ListObjection objection) {
        forbidden(chain == null ? "" : chain, tenant, ANY_CALL, objection);
    }

    void forbidden(String chain, Tenant tenant, String method, ListObjection objection) {
        var kind = new Kind.OfList(tenant.name(), objection.key(), objection.isOfToken());
        if (told.asMap().putIfAbsent(kind, true) != null) return;
        events.closed(chain, tenant.name(), method, objection.because(tenant.name(), places));
    }

    /// @param key one that has expired or was revoked
    /// @param client the address that still calls with it
    public void ended(@Nullable String chain, ApiKey key, String client) {
        if (told.asMap().putIfAbsent(new Kind.OfKey(key.hash()), true) != null) return;
        String because = "the key " + key.name() + ", which begins with " + key.prefix()
                + ", has expired or was revoked, and " + client + " still calls with it";
        events.closed(chain == null ? "" : chain, key.tenant(), ANY_CALL, because);
    }

    void refused(Call call, Closed closed) {
        String tenant = call.tenant().name();
        var kind = new Kind.OfMethods(tenant, call.method().family());
        if (told.asMap().putIfAbsent(kind, true) != null) return;
        String method = call.method().name();
        events.closed(
                call.chain(), tenant, method, closed.because(method, places, name -> openers.apply(tenant, name)));
    }
}
