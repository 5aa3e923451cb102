package dev.fairlead.data.rpc;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Numbers for what logs must tell apart: requests, calls, connections. One counter for the whole process.
public final class CallSerials {
    private final AtomicLong last = new AtomicLong(beginning());

    /// A random start, so that no call of another process, or of this one before its restart, has the same
    /// name.
    private static long beginning() {
        return ThreadLocalRandom.current().nextLong(1L << 31) << 32;
    }

    public long next() {
        return last.incrementAndGet();
    }
}
