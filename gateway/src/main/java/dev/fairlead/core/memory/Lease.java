package dev.fairlead.core.memory;

/// Bytes of a share with several holders, such as the calls of a batch, which hold its body together. They are
/// given back when the last holder lets go.
public final class Lease {
    /// Up to this many bytes a body is small.
    public static final int SMALL = 16 * 1024;

    private final MemoryShare share;
    private long bytes;
    private int holders = 1;

    public Lease(MemoryShare share) {
        this.share = share;
    }

    /// @return false when the share has too little left; the lease is as before then
    public boolean grow(long more) {
        boolean taken = bytes + more <= SMALL ? share.takeSmall(more) : share.take(more);
        if (taken) bytes += more;
        return taken;
    }

    public void shrink(long less) {
        bytes -= less;
        share.give(less);
    }

    public boolean isShort() {
        return share.isShort();
    }

    public Lease hold() {
        holders++;
        return this;
    }

    public void letGo() {
        if (--holders > 0) return;
        share.give(bytes);
        bytes = 0;
    }
}
