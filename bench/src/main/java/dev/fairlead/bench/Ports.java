package dev.fairlead.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Ports on loopback.
final class Ports {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Ports() {}

    static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void await(int port) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException failure) {
                if (System.nanoTime() - until > 0) throw new IOException("nothing listens on port " + port, failure);
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }
}
