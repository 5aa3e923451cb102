package dev.fairlead.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.HashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WireIdsTest {
    private static final int MANY = 1 << 20;

    @Test
    void allHaveTenDigitsAndNoneComesTwice() {
        var ids = new WireIds(1, 2, 3, 4);
        var seen = new BitSet(1 << 30);

        for (int i = 0; i < MANY; i++) {
            int id = ids.next();
            assertThat(id).isBetween(1_000_000_000, Integer.MAX_VALUE);
            assertThat(seen.get(id - 1_000_000_000)).isFalse();
            seen.set(id - 1_000_000_000);
        }
    }

    /// Whoever adds, subtracts or xors what worked the last time is wrong.
    @Test
    void noStepLeadsFromOneToTheNext() {
        var random = new SplittableRandom(7);
        for (int key = 0; key < 20; key++) {
            var ids = new WireIds(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
            var steps = new HashMap<Integer, Integer>();
            var flips = new HashMap<Integer, Integer>();
            int last = ids.next();
            for (int i = 0; i < 10_000; i++) {
                int next = ids.next();
                steps.merge(next - last, 1, Integer::sum);
                flips.merge(next ^ last, 1, Integer::sum);
                last = next;
            }

            assertThat(steps.values()).allMatch(times -> times <= 3);
            assertThat(flips.values()).allMatch(times -> times <= 3);
        }
    }

    @Test
    void eachPoolHasItsOwn() {
        WireIds one = WireIds.random();
        WireIds other = WireIds.random();

        int same = 0;
        for (int i = 0; i < 1000; i++) {
            if (one.next() == other.next()) same++;
        }

        assertThat(same).isLessThan(3);
    }

    @Test
    void theCountBeginsAnewWithoutALongerId() {
        var ids = new WireIds(5, 6, 7, 8);
        int first = ids.next();
        for (int i = 1; i < 1 << 24; i++) ids.next();

        assertThat(ids.next()).isNotEqualTo(first).isGreaterThanOrEqualTo(1_000_000_000);
    }
}
