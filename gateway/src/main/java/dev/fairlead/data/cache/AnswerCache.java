package dev.fairlead.data.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.telemetry.CacheMetrics.Counts;
import dev.fairlead.core.telemetry.CacheMetrics.Size;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Results that are kept, for all event loops; those that were not asked for longest go first. May be used from
/// any thread.
public final class AnswerCache {
    /// A larger result is not kept: it would push out hundreds of others.
    static final int LARGEST = 256 * 1024;

    /// What an entry costs beside its bytes.
    private static final int OVERHEAD = 200;

    private final long heap;
    private final Cache<AnswerKey, Slice> results;
    private final LongAdder evicted = new LongAdder();
    private final Map<Asked, Uses> uses = new ConcurrentHashMap<>();
    /// In bytes. Every call asks for it, and Caffeine would tell it under a lock of all event loops.
    private volatile long most;

    /// The methods are those of the table and the chains are declared, so that there are few.
    private record Asked(String chain, String method) {}

    private record Uses(LongAdder hits, LongAdder misses) {}

    public AnswerCache(CacheConfig config) {
        this(config, Runtime.getRuntime().maxMemory());
    }

    AnswerCache(CacheConfig config, long heap) {
        this.heap = heap;
        this.most = config.most(heap);
        this.results = Caffeine.newBuilder()
                .maximumWeight(most)
                .<AnswerKey, Slice>weigher(AnswerCache::bytes)
                .evictionListener((_, _, _) -> evicted.increment())
                .executor(Runnable::run)
                .build();
    }

    /// From now on with another bound.
    public void resize(CacheConfig config) {
        most = config.most(heap);
        results.policy().eviction().orElseThrow().setMaximum(most);
    }

    private static int bytes(AnswerKey key, Slice result) {
        return OVERHEAD + key.params().size() + result.size();
    }

    boolean isOff() {
        return most == 0;
    }

    @Nullable
    Slice get(AnswerKey key) {
        Slice result = results.getIfPresent(key);
        Uses counted = uses.computeIfAbsent(
                new Asked(key.chain(), key.method()), _ -> new Uses(new LongAdder(), new LongAdder()));
        (result == null ? counted.misses : counted.hits).increment();
        return result;
    }

    /// What is to be said of such a call, for a person; empty for one whose answer is not kept. Nothing is
    /// counted.
    public String explain(String chain, Method method, Slice params) {
        AnswerKey key = isOff() ? null : AnswerKey.of(chain, method, BlockRef.of(method, params), params);
        if (key == null) return "";
        boolean isKept = results.policy().getIfPresentQuietly(key) != null;
        return isKept ? "the answer is kept, no node is asked" : "the answer will be kept, nodes are asked once";
    }

    /// @param result legal JSON, in an array of its own
    void put(AnswerKey key, Slice result) {
        if (result.size() <= LARGEST) results.put(key, result);
    }

    public Size size() {
        results.cleanUp();
        long held = results.policy().eviction().orElseThrow().weightedSize().orElse(0);
        return new Size(results.estimatedSize(), held, most, evicted.sum());
    }

    public List<Counts> counts() {
        return uses.entrySet().stream()
                .map(use -> new Counts(
                        use.getKey().chain,
                        use.getKey().method,
                        use.getValue().hits.sum(),
                        use.getValue().misses.sum()))
                .sorted(Comparator.comparing(Counts::chain).thenComparing(Counts::method))
                .toList();
    }
}
