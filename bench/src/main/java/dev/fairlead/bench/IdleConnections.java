package dev.fairlead.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;

/// The usual load beside connections that were used once and are kept.
record IdleConnections(String name, String title, int idle) implements Scenario {
    private static final int CONNECTIONS = 128;

    @Override
    public Result run(Bench.Place place) throws IOException, InterruptedException {
        Load load = Load.of(name, Load.SMALL, CONNECTIONS);
        var slices = new LinkedHashMap<String, List<Slice>>();
        try (Stage stage = Stage.set(place, 1, Peers.Tls.WITHOUT, true)) {
            for (Proxy proxy : stage.proxies()) load.run(proxy, proxy.isGateway() ? place.warmUp() : 1, place);
            for (int i = 0; i < place.slices(); i++) {
                for (Proxy proxy : stage.proxies()) {
                    try (Resting _ = Resting.on(proxy.port(), idle)) {
                        slices.computeIfAbsent(proxy.name(), _ -> new ArrayList<>())
                                .add(stage.slice(load, proxy));
                    }
                }
            }
        }
        List<Row> rows = slices.entrySet().stream()
                .map(entry -> new Row(entry.getKey(), entry.getValue()))
                .toList();
        return new Result(name, title, rows, Comparison.findings(rows, 0, 0));
    }

    /// Connections that have had an answer and stay.
    private record Resting(Queue<Socket> sockets) implements AutoCloseable {
        private static final byte[] REQUEST = ("POST / HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + Load.SMALL.length() + "\r\n\r\n" + Load.SMALL)
                .getBytes(StandardCharsets.US_ASCII);

        static Resting on(int port, int count) throws IOException {
            var sockets = new ArrayDeque<Socket>();
            for (int i = 0; i < count; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.getOutputStream().write(REQUEST);
                if (socket.getInputStream().read() != 'H') throw new IOException("no answer on an idle connection");
                sockets.add(socket);
            }
            return new Resting(sockets);
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : sockets) socket.close();
        }
    }
}
