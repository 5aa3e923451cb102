package dev.fairlead.core.fault;

import io.netty.channel.ChannelException;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the gateway's own faults are told: a bug, or an error of the JVM. What clients and nodes do wrong
/// does not count.
public interface Faults {
    /// For parts that are used without a whole gateway.
    Faults TO_LOG = (part, doing, fault) -> ToLog.log.error("{}: {}", part.word(), doing, fault);

    /// @param doing what went wrong, for the log
    void fault(Part part, String doing, Throwable fault);

    /// The same `task`, which ends well for its caller whatever happens in it: a timer that runs again and again
    /// would end, and one that runs once would keep the fault to itself.
    default Runnable guarded(Part part, String doing, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error fault) {
                fault(part, doing, fault);
            }
        };
    }

    /// Reports what broke a connection, if it is a fault of our own.
    ///
    /// @return whether it is
    default boolean isOurs(Part part, String doing, Throwable failure) {
        boolean ours = isOurs(failure);
        if (ours) fault(part, doing, failure);
        return ours;
    }

    /// Whether what broke a connection is a fault of our own, and not of the peer or of the network: Netty
    /// wraps what its decoders meet, whatever the cause.
    static boolean isOurs(Throwable failure) {
        if (failure instanceof CodecException && failure.getCause() != null) return isOurs(failure.getCause());
        return switch (failure) {
            case CodecException _, ChannelException _, WebSocketHandshakeException _ -> false;
            case RejectedExecutionException _ -> false; // the event loop is shutting down
            default -> failure instanceof RuntimeException || failure instanceof Error;
        };
    }

    /// Where [#TO_LOG] tells.
    final class ToLog {
        private static final Logger log = LoggerFactory.getLogger("fairlead.process");

        private ToLog() {}
    }
}
