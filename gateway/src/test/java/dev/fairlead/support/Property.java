package dev.fairlead.support;

import java.util.Random;

/// What must hold whatever the input: many random inputs, each made from a seed of its own. A failure names the seed;
/// `-Dproperty.seed=N` tries that one alone.
public final class Property {
    private static final Long SEED = Long.getLong("property.seed");

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
        var seeds = new Random();
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
