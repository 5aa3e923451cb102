package dev.fairlead.support;

import java.util.Random;

/// What must hold whatever the input: many inputs, each made from a seed of its own. A failure names the seed, and
/// `-Dproperty.seed=N` tries that one alone. Every run tries the same inputs; `-Dproperty.base=N` tries others.
public final class Property {
    private static final Long SEED = Long.getLong("property.seed");
    private static final long BASE = Long.getLong("property.base", 0L);

    /// Makes one input and checks it.
    @FunctionalInterface
    public interface Body {
        void check(Generator any) throws Exception;
    }

    private Property() {}

    public static void holds(int tries, Body body) {
        if (SEED != null) {
            check(SEED, "the try that was asked for", body);
            return;
        }
        var seeds = new Random(BASE);
        for (int i = 1; i <= tries; i++) check(seeds.nextLong(), "try " + i + " of " + tries, body);
    }

    private static void check(long seed, String which, Body body) {
        try {
            body.check(new Generator(seed));
        } catch (Exception | AssertionError failure) {
            throw new AssertionError(
                    "%s failed; -Dproperty.seed=%d repeats it: %s".formatted(which, seed, failure), failure);
        }
    }
}
