package dev.fairlead.core.memory;

import io.netty.util.internal.PlatformDependent;
import java.util.function.Supplier;

/// What the process may hold for clients and nodes, in either kind of memory.
///
/// @param heap for request bodies
/// @param direct for replies and output
/// @param config read again for everything but the sizes
public record Budgets(MemoryBudget heap, MemoryBudget direct, Supplier<MemoryConfig> config) {
    private static final int OF_HEAP = 4;
    private static final int OF_DIRECT = 2;

    /// Sized by the memory that this process may have.
    public static Budgets of(Supplier<MemoryConfig> config) {
        MemoryConfig now = config.get();
        return new Budgets(
                new MemoryBudget(
                        now.heap() > 0 ? now.heap() : Runtime.getRuntime().maxMemory() / OF_HEAP),
                new MemoryBudget(now.direct() > 0 ? now.direct() : PlatformDependent.maxDirectMemory() / OF_DIRECT),
                config);
    }

    /// Without bounds, for commands and tests that serve no clients.
    public static Budgets unbounded() {
        return new Budgets(
                new MemoryBudget(Long.MAX_VALUE / 4), new MemoryBudget(Long.MAX_VALUE / 4), () -> MemoryConfig.DEFAULT);
    }
}
