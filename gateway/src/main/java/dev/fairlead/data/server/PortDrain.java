package dev.fairlead.data.server;

import io.netty.channel.Channel;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leaves a port to another process that listens on it too. When a listener closes, the kernel resets every
/// connection that is on its way there; so for a moment this one accepts those that have begun to connect, and
/// does not hear those that begin now. They ask once more after a second, as TCP does, and the kernel then
/// takes them to the other.
///
/// Linux alone, and not with NIO, which has no access to the socket.
final class PortDrain {
    /// Longer than most clients take for the three packets of a connection.
    static final Duration LAST_ARRIVALS = Duration.ofMillis(300);

    private static final List<Path> SOCKETS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String LISTENING = "0A";
    private static final int LOCAL = 1;
    private static final int STATE = 3;

    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int FILTER_BYTES = 16;
    private static final RawUnixChannelOption FILTER =
            new RawUnixChannelOption("SO_ATTACH_FILTER", SOL_SOCKET, SO_ATTACH_FILTER, FILTER_BYTES);

    private static final int LOAD_BYTE = 0x30;
    private static final int JUMP_IF_SET = 0x45;
    private static final int RETURN = 0x06;
    private static final int FLAGS = 13;
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;

    private static final Logger log = LoggerFactory.getLogger(PortDrain.class);

    private PortDrain() {}

    /// Blocks for [#LAST_ARRIVALS] where another process listens on one of these ports, and not at all elsewhere.
    static void prepare(List<Channel> listeners) {
        boolean isAwaited = false;
        for (Channel listener : listeners) {
            if (isShared(listener, listeners)) isAwaited |= hearsNobodyNew(listener);
        }
        if (!isAwaited) return;
        try {
            TimeUnit.NANOSECONDS.sleep(LAST_ARRIVALS.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isShared(Channel listener, List<Channel> ours) {
        if (!(listener instanceof UnixChannel)) return false;
        int port = port(listener);
        return listenersOn(port)
                > ours.stream().filter(one -> port(one) == port).count();
    }

    private static int port(Channel listener) {
        return listener.localAddress() instanceof InetSocketAddress address ? address.getPort() : -1;
    }

    /// The kernel tells of those that listen first; of a busy machine the rest is long.
    private static long listenersOn(int port) {
        String ending = ":%04X".formatted(port);
        long many = 0;
        for (Path sockets : SOCKETS) {
            try (var lines = Files.lines(sockets)) {
                many += lines.skip(1) // the head of the table
                        .map(line -> line.strip().split("\\s+"))
                        .takeWhile(fields -> fields.length > STATE && fields[STATE].equals(LISTENING))
                        .filter(fields -> fields[LOCAL].endsWith(ending))
                        .count();
            } catch (IOException unknown) {
                log.debug("who else listens is not known", unknown);
            }
        }
        return many;
    }

    private static boolean hearsNobodyNew(Channel listener) {
        ByteBuffer program = dropsFirstPackets();
        ByteBuffer filter = ByteBuffer.allocateDirect(FILTER_BYTES).order(ByteOrder.nativeOrder());
        filter.putShort(0, (short) (program.remaining() / Long.BYTES));
        filter.putLong(Long.BYTES, MemorySegment.ofBuffer(program).address());
        try {
            return listener.config().setOption(FILTER, filter);
        } catch (RuntimeException refused) {
            log.info(
                    "connections that are on their way to this process may be lost: the kernel takes no filter",
                    refused);
            return false;
        } finally {
            Reference.reachabilityFence(program);
        }
    }

    /// A classic BPF program over the TCP header: a SYN without ACK is dropped, everything else goes on.
    private static ByteBuffer dropsFirstPackets() {
        ByteBuffer program = ByteBuffer.allocateDirect(5 * Long.BYTES).order(ByteOrder.nativeOrder());
        step(program, LOAD_BYTE, 0, 0, FLAGS);
        step(program, JUMP_IF_SET, 1, 0, ACK);
        step(program, JUMP_IF_SET, 1, 0, SYN);
        step(program, RETURN, 0, 0, -1);
        step(program, RETURN, 0, 0, 0);
        return program.flip();
    }

    /// @param whenSet steps to skip when the bits are set
    private static void step(ByteBuffer program, int code, int whenSet, int otherwise, int operand) {
        program.putShort((short) code).put((byte) whenSet).put((byte) otherwise).putInt(operand);
    }
}
