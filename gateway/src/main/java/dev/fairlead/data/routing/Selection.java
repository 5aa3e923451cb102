package dev.fairlead.data.routing;

import dev.fairlead.core.fleet.Group.Strategy;

/// Which of several equal nodes goes first. Pure: `turn` grows by one with every call and is the only source of chance.
interface Selection {
    /// Orders `steps` from `from` to before `to`; failover follows this order.
    void order(PlannedNode[] steps, int from, int to, long now, long turn);

    static Selection of(Strategy strategy) {
        return switch (strategy) {
            case ORDERED -> (_, _, _, _, _) -> {};
            case ROUND_ROBIN -> Selection::roundRobin;
            case WEIGHTED -> Selection::weighted;
            case LEAST_IN_FLIGHT -> Selection::leastInFlight;
            case LATENCY -> Selection::latency;
        };
    }

    private static void roundRobin(PlannedNode[] steps, int from, int to, long now, long turn) {
        rotate(steps, from, to, turn);
    }

    /// At random and without replacement, each time in proportion to the weights.
    private static void weighted(PlannedNode[] steps, int from, int to, long now, long turn) {
        long total = 0;
        for (int i = from; i < to; i++) total += weight(steps[i]);
        for (int i = from; i < to - 1; i++) {
            long ticket = Long.remainderUnsigned(mixed(turn + ((long) i << 48)), total);
            int winner = i;
            while ((ticket -= weight(steps[winner])) >= 0) winner++;
            moveUp(steps, winner, i);
            total -= weight(steps[i]);
        }
    }

    private static void leastInFlight(PlannedNode[] steps, int from, int to, long now, long turn) {
        rotate(steps, from, to, turn);
        var costs = new double[to - from];
        for (int i = from; i < to; i++) costs[i - from] = load(steps[i]);
        sort(steps, from, costs);
    }

    /// Power of two choices: better than always taking the best, which sends every gateway's calls to the same node.
    private static void latency(PlannedNode[] steps, int from, int to, long now, long turn) {
        int count = to - from;
        var costs = new double[count];
        for (int i = 0; i < count; i++) costs[i] = steps[from + i].candidate().latency(now) * load(steps[from + i]);
        if (count < 2) return;
        long chance = mixed(turn);
        int first = (int) Long.remainderUnsigned(chance, count);
        int second = (first + 1 + (int) Long.remainderUnsigned(chance >>> 32, count - 1)) % count;
        costs[costs[second] < costs[first] ? second : first] = -1;
        sort(steps, from, costs);
    }

    private static double load(PlannedNode planned) {
        return (planned.candidate().load().inFlight() + 1.0) / weight(planned);
    }

    private static int weight(PlannedNode planned) {
        return Math.max(1, planned.candidate().node().weight());
    }

    private static void rotate(PlannedNode[] steps, int from, int to, long turn) {
        int count = to - from;
        if (count < 2) return;
        int by = (int) Long.remainderUnsigned(turn, count);
        for (int i = 0; i < by; i++) moveUp(steps, from, to - 1);
    }

    /// Moves one step to `target`; those between move by one.
    private static void moveUp(PlannedNode[] steps, int at, int target) {
        PlannedNode moved = steps[at];
        if (at >= target) System.arraycopy(steps, target, steps, target + 1, at - target);
        else System.arraycopy(steps, at + 1, steps, at, target - at);
        steps[target] = moved;
    }

    /// Insertion sort, because nodes are few; equal ones keep their order.
    private static void sort(PlannedNode[] steps, int from, double[] costs) {
        for (int i = 1; i < costs.length; i++) {
            double cost = costs[i];
            PlannedNode planned = steps[from + i];
            int at = i;
            for (; at > 0 && costs[at - 1] > cost; at--) {
                costs[at] = costs[at - 1];
                steps[from + at] = steps[from + at - 1];
            }
            costs[at] = cost;
            steps[from + at] = planned;
        }
    }

    /// SplitMix64's finisher: neighbouring turns give unrelated numbers.
    private static long mixed(long turn) {
        long z = (turn + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
