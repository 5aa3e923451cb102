package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Await;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Every buffer is given back, with Netty's own detector looking at every single one.
class LeakTest {
    @Test
    void noBufferIsLost() throws Exception {
        List<String> leaks = new CopyOnWriteArrayList<>();
        Level before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + records));
        try {
            lose();
            Await.until("the detector sees a loss", () -> isSeen(leaks));
            leaks.clear();

            for (int round = 0; round < 20; round++) everythingThatHappens();
            for (int i = 0; i < 20; i++) isSeen(leaks);
        } finally {
            ResourceLeakDetector.setLevel(before);
        }

        assertThat(leaks).isEmpty();
    }

    private static void lose() {
        assertThat(ByteBufAllocator.DEFAULT.directBuffer(16).refCnt()).isOne();
    }

    /// The detector reports when a next buffer is made.
    private static boolean isSeen(List<String> leaks) {
        System.gc();
        ByteBufAllocator.DEFAULT.directBuffer(16).release();
        return !leaks.isEmpty();
    }

    private static void everythingThatHappens() throws Exception {
        try (Gateway gateway = Gateway.start()) {
            String large = "\"" + "x".repeat(200_000) + "\"";
            gateway.way.will((call, back) -> {
                switch (call.request().method()) {
                    case "large" -> back.accept(gateway.way.result(call, large));
                    case "held" -> gateway.way.held.add(new StubWay.Held(call, back));
                    case "streams" -> {
                        back.accept(gateway.way.streaming("0123", -1));
                        call.loop().execute(() -> gateway.way.rests.getLast().part("456"));
                    }
                    default -> back.accept(gateway.way.named(call));
                }
            });
            gateway.post("/", Gateway.call(1, "large"), "Accept-Encoding", "gzip");
            gateway.post("[" + Gateway.call(1, "large") + "," + Gateway.call(2, "a") + "]");
            gateway.post("{broken");
            second(gateway);
            leave(gateway, Wire.post(Gateway.call(1, "streams")));
            leave(gateway, Wire.post(Gateway.call(1, "held")) + Wire.post(Gateway.call(2, "large")));
            leave(gateway, Wire.post("[" + Gateway.call(1, "held") + "," + Gateway.call(2, "large") + "]"));
            leave(
                    gateway,
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
            leave(gateway, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc");
        }
    }

    private static void second(Gateway gateway) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            for (int id = 0; id < 3; id++) {
                HttpRequest request = HttpRequest.newBuilder(gateway.uri("/"))
                        .POST(BodyPublishers.ofString(Gateway.call(id, "large")))
                        .build();
                client.send(request, BodyHandlers.ofString());
            }
            client.shutdownNow();
        }
    }

    private static void leave(Gateway gateway, String request) throws Exception {
        int calls = gateway.way.calls.size();
        try (Wire wire = gateway.wire()) {
            wire.say(request);
            if (request.contains("\"method\"")) {
                Await.until("the call is asked", () -> gateway.way.calls.size() > calls);
            } else {
                Await.until("the connection is taken", () -> gateway.server.connections() > 0);
            }
        }
    }
}
