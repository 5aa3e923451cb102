package dev.fairlead.data.limit.shared;

/// Which part of what all gateways took lately this one took. Those of all gateways together make one.
final class TakenParts {
    /// After this time what was taken counts little more than a third.
    private static final double MEMORY_NANOS = 10e9;

    /// What little was taken says little: so many credits are taken for evenly spread.
    private static final double SUPPOSED = 2;

    private double mine;
    private double all;
    private double lastTaken = Double.NaN;
    private long at;

    /// @param byThis of what was taken since the last time
    /// @param taken by all gateways, ever
    void seen(double byThis, double taken, long now) {
        if (!Double.isNaN(lastTaken)) {
            double fading = Math.exp(-(now - at) / MEMORY_NANOS);
            double byAll = taken >= lastTaken ? taken - lastTaken : taken;
            mine = Math.max(0, mine * fading + byThis);
            all = Math.max(mine, all * fading + byAll);
        }
        lastTaken = taken;
        at = now;
    }

    /// @param gateways how many there are
    double part(int gateways) {
        return (mine + SUPPOSED / gateways) / (all + SUPPOSED);
    }
}
