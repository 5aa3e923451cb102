package dev.fairlead.data.limit.shared;

/// Which part of what all gateways took lately this one took. Those of all gateways together make one.
final class TakenParts {
    /// After this time what was taken counts little more than a third.
    private static final double MEMORY_NANOS = 10e9;

    /// What little was taken says little: so many credits are taken for evenly spread.
    private static final double SUPPOSED = 2;

    private double mine;
    private double all;
    private double lastTaken;
    private String born = "";
    private long at;

    /// What was taken before this gateway first heard of it says nothing: nobody knows how long ago that was, and
    /// others may be about to tell what they took at the same time.
    ///
    /// @param byThis of what was taken since the last time; below 0 when it gave back more
    /// @param grant with what all gateways took since Redis began to count
    void seen(double byThis, LeaseGrant grant, long now) {
        if (!born.isEmpty()) {
            double fading = Math.exp(-(now - at) / MEMORY_NANOS);
            double byAll = grant.born().equals(born) ? grant.taken() - lastTaken : grant.taken();
            mine = Math.max(0, mine * fading + byThis);
            all = Math.max(mine, all * fading + byAll);
        }
        lastTaken = grant.taken();
        born = grant.born();
        at = now;
    }

    /// @param gateways how many there are
    double part(int gateways) {
        return gateways == 1 ? 1 : (mine + SUPPOSED / gateways) / (all + SUPPOSED);
    }
}
