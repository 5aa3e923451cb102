package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.BlockRef;

/// What a gateway may know of a node, as a value.
record FixedLoad(
        int inFlight, double millis, boolean isStuck, long head, Standing standing, boolean isSpared, boolean lacks)
        implements NodeLoad {
    static final FixedLoad IDLE = new FixedLoad(0, 1, false, -1, new Standing.In(0, 0), false, false);

    FixedLoad with(int calls) {
        return new FixedLoad(calls, millis, isStuck, head, standing, isSpared, lacks);
    }

    FixedLoad taking(double some) {
        return new FixedLoad(inFlight, some, isStuck, head, standing, isSpared, lacks);
    }

    FixedLoad stuck() {
        return new FixedLoad(inFlight, millis, true, head, standing, isSpared, lacks);
    }

    FixedLoad at(long block) {
        return new FixedLoad(inFlight, millis, isStuck, block, standing, isSpared, lacks);
    }

    FixedLoad standing(Standing other) {
        return new FixedLoad(inFlight, millis, isStuck, head, other, isSpared, lacks);
    }

    FixedLoad spared() {
        return new FixedLoad(inFlight, millis, isStuck, head, standing, true, lacks);
    }

    FixedLoad lacking() {
        return new FixedLoad(inFlight, millis, isStuck, head, standing, isSpared, true);
    }

    @Override
    public double latency(long now) {
        return millis * 1e6;
    }

    @Override
    public boolean stuck(long now) {
        return isStuck;
    }

    @Override
    public long head(long now) {
        return head;
    }

    @Override
    public boolean spared(long now) {
        return isSpared;
    }

    @Override
    public long head(BlockRef.Tag tag) {
        return -1;
    }

    @Override
    public boolean keepsLess(long now) {
        return false;
    }

    @Override
    public boolean lacks(String method, long now) {
        return lacks;
    }
}
