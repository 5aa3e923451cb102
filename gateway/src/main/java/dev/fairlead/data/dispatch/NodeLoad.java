package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Service;

/// What this gateway itself knows of one node, from the calls that it sent there. Times are nanoseconds of the
/// gateway's clock.
public interface NodeLoad {
    int inFlight();

    /// Nanoseconds that the next quick call will take, as far as can be told: never less than the present silence of a
    /// node that has calls in flight. 0 when nothing is known.
    double latency(long now);

    /// Has quick calls in flight and has answered none of them for a second.
    boolean stuck(long now);

    /// The highest block seen in its own replies lately; -1 for none.
    long head(long now);

    /// The highest block that it showed as safe or final; -1 for none.
    long head(BlockRef.Tag tag);

    Standing standing();

    /// Asked to be left alone, and that time is not over.
    boolean spared(long now);

    /// Was found lately to lack old transactions or blocks that another node has.
    boolean keepsLess(long now);

    /// Failed many calls of this kind lately that other nodes answered.
    boolean fails(Service service, long now);

    /// Said lately that it does not offer the method.
    boolean lacks(String method, long now);
}
