package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Service;
import org.jspecify.annotations.Nullable;

/// What a gateway may know of a node, as a value.
record FixedLoad(
        int inFlight,
        double millis,
        boolean isStuck,
        long head,
        Standing standing,
        boolean isSpared,
        boolean lacks,
        @Nullable Service failing)
        implements NodeLoad {
    static final FixedLoad IDLE = new FixedLoad(0, 1, false, -1, new Standing.In(0, 0), false, false, null);

    FixedLoad with(int calls) {
        return new FixedLoad(calls, millis, isStuck, head, standing, isSpared, lacks, failing);
    }

    FixedLoad taking(double some) {
        return new FixedLoad(inFlight, some, isStuck, head, standing, isSpared, lacks, failing);
    }

    FixedLoad stuck() {
        return new FixedLoad(inFlight, millis, true, head, standing, isSpared, lacks, failing);
    }

    FixedLoad at(long block) {
        return new FixedLoad(inFlight, millis, isStuck, block, standing, isSpared, lacks, failing);
    }

    FixedLoad standing(Standing other) {
        return new FixedLoad(inFlight, millis, isStuck, head, other, isSpared, lacks, failing);
    }

    FixedLoad spared() {
        return new FixedLoad(inFlight, millis, isStuck, head, standing, true, lacks, failing);
    }

    FixedLoad failing(Service service) {
        return new FixedLoad(inFlight, millis, isStuck, head, standing, isSpared, lacks, service);
    }

    FixedLoad lacking() {
        return new FixedLoad(inFlight, millis, isStuck, head, standing, isSpared, true, failing);
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
    public boolean fails(Service service, long now) {
        return failing == service;
    }

    @Override
    public boolean lacks(String method, long now) {
        return lacks;
    }
}
