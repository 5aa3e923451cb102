package dev.fairlead.data.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import dev.fairlead.core.jwt.AccessToken;
import dev.fairlead.core.jwt.CacheUse;
import dev.fairlead.core.jwt.KeySetUrl;
import dev.fairlead.core.jwt.TokenCheck;
import dev.fairlead.core.jwt.TokenFault;
import dev.fairlead.core.jwt.TokenIssuers;
import dev.fairlead.core.policy.KeyHash;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The tokens that callers bring, checked once and then remembered. One for the whole gateway; may be used from
/// any thread.
///
/// Checking a signature takes a part of a millisecond of an event loop. Who brings wrong ones can cause that
/// only as often as the budgets allow: each address, and all together. An address that brought none lately is
/// always checked, so that nobody is locked out by what others send. What is no token, or fits no key, costs
/// nothing and is looked at first. Good tokens are remembered apart, so that nobody pushes them out with wrong
/// ones.
public final class AccessTokens {
    private static final int MOST_GOOD = 20_000;
    private static final int MOST_BAD = 5_000;
    private static final int MOST_ADDRESSES = 10_000;
    /// Wrong signatures from one address: so many at once, and so many a second.
    private static final int BURST = 20;

    private static final int RATE = 2;
    /// So long an address counts as one that brought wrong signatures.
    private static final Duration LATELY = Duration.ofMinutes(10);
    /// From all addresses together, a second. One check takes up to 0.65 ms, so that this is a seventh of one
    /// processor.
    private static final int RATE_OF_ALL = 200;

    private final Refusals refused;
    private final Consumer<KeySetUrl> unknown;
    private final Cache<Brought, AccessToken> good = cache(MOST_GOOD);
    private final Cache<Brought, TokenIssuers> bad = cache(MOST_BAD);
    /// Of addresses that brought wrong signatures lately.
    private final Cache<String, Bucket> budgets = Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterWrite(LATELY)
            .recordStats()
            .executor(Runnable::run)
            .build();
    private final Bucket budgetOfAll = budget(RATE_OF_ALL, RATE_OF_ALL);

    /// Hears of tokens that are refused.
    public interface Refusals {
        /// @param address what counts as one client
        /// @param whose what the token says of itself; empty where nothing is known
        void refused(TokenFault why, String address, Supplier<String> whose);
    }

    /// @param only the tenant whose API key came along
    private record Brought(KeyHash hash, @Nullable String only) {}

    /// @param refused is told of each token that is refused
    /// @param unknown is told which set may have the key of a token that fits none; must not block
    public AccessTokens(Refusals refused, Consumer<KeySetUrl> unknown) {
        this.refused = refused;
        this.unknown = unknown;
    }

    /// How full they are, and how often they spared a check.
    public List<CacheUse> caches() {
        return List.of(
                use("good", good, MOST_GOOD), use("bad", bad, MOST_BAD), use("addresses", budgets, MOST_ADDRESSES));
    }

    private static CacheUse use(String name, Cache<?, ?> cache, long most) {
        CacheStats stats = cache.stats();
        return new CacheUse(name, cache.estimatedSize(), most, stats.hitCount(), stats.missCount());
    }

    /// Checks a token, or remembers what came of it.
    ///
    /// @param only the tenant whose API key came along; null when none did
    /// @param address what counts as one client
    public TokenCheck check(String text, TokenIssuers issuers, @Nullable String only, String address, Instant now) {
        TokenCheck check = remembered(text, issuers, only, address, now);
        if (check instanceof TokenCheck.Bad(var fault, var _, var elsewhere)) {
            refused.refused(fault, address, () -> TokenCheck.whose(text, issuers));
            elsewhere.forEach(unknown);
        }
        return check;
    }

    /// Tells of one that is refused for what came along with it, or did not.
    public void refused(TokenFault fault, String address) {
        refused.refused(fault, address, () -> "");
    }

    private TokenCheck remembered(
            String text, TokenIssuers issuers, @Nullable String only, String address, Instant now) {
        if (issuers.isEmpty()) return new TokenCheck.Bad(TokenFault.UNKNOWN_KEY);
        var brought = new Brought(KeyHash.of(text), only);
        AccessToken known = good.getIfPresent(brought);
        if (known != null && issuers.stillHas(known)) {
            return known.isExpired(now) ? new TokenCheck.Bad(TokenFault.EXPIRED) : new TokenCheck.Good(known);
        }
        return wasBad(brought, issuers)
                ? new TokenCheck.Bad(TokenFault.SIGNATURE)
                : checked(text, brought, issuers, address, now);
    }

    /// By the keys that are there now; others may find it good.
    @SuppressWarnings("ReferenceEquality")
    private boolean wasBad(Brought brought, TokenIssuers issuers) {
        return bad.getIfPresent(brought) == issuers;
    }

    private TokenCheck checked(String text, Brought brought, TokenIssuers issuers, String address, Instant now) {
        return switch (TokenCheck.step(text, issuers, brought.only(), now)) {
            case TokenCheck.Step.Done(var bad) -> bad;
            case TokenCheck.Step.Verify verify -> {
                Bucket budget = budgets.getIfPresent(address);
                TokenFault spent = budget == null ? null : spent(budget);
                yield spent == null ? verified(verify, brought, issuers, address) : new TokenCheck.Bad(spent);
            }
        };
    }

    /// @param budget of an address that brought wrong signatures lately
    private @Nullable TokenFault spent(Bucket budget) {
        if (budget.getAvailableTokens() < 1) return TokenFault.TOO_MANY;
        return budgetOfAll.getAvailableTokens() < 1 ? TokenFault.TOO_MANY_OF_ALL : null;
    }

    private TokenCheck verified(TokenCheck.Step.Verify verify, Brought brought, TokenIssuers issuers, String address) {
        TokenCheck check = verify.check();
        if (check instanceof TokenCheck.Good(var token)) good.put(brought, token);
        if (check instanceof TokenCheck.Bad(var fault, var tried, var _) && fault == TokenFault.SIGNATURE) {
            bad.put(brought, issuers);
            charge(address, tried);
        }
        return check;
    }

    /// A budget of all that is spent owes no more: else a flood from new addresses would leave it empty for long.
    private void charge(String address, int tried) {
        budgets.asMap()
                .compute(address, (_, known) -> known == null ? budget(BURST, RATE) : known)
                .consumeIgnoringRateLimits(tried);
        if (budgetOfAll.getAvailableTokens() > 0) budgetOfAll.consumeIgnoringRateLimits(tried);
    }

    private static <K, V> Cache<K, V> cache(int most) {
        return Caffeine.newBuilder()
                .maximumSize(most)
                .recordStats()
                .executor(Runnable::run)
                .build();
    }

    private static Bucket budget(int burst, int rate) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(rate, Duration.ofSeconds(1)))
                .build();
    }
}
