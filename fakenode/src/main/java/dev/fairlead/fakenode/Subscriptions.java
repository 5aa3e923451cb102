package dev.fairlead.fakenode;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Who subscribed to what at one node. Ids are unlike those of other nodes only by accident, as in real life never:
/// the n-th subscription has the same id at every node, so that whoever mixes nodes up is found out.
final class Subscriptions {
    private final Map<String, Subscription> byId = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();

    private record Subscription(String id, String kind, Channel channel) {}

    String open(String kind, Channel channel) {
        byte[] digest = Keccak.hash(("subscription/" + opened.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
        String id = Hex.data(digest).substring(0, 34);
        byId.put(id, new Subscription(id, kind, channel));
        return id;
    }

    boolean close(String id, Channel channel) {
        Subscription subscription = byId.get(id);
        return subscription != null && subscription.channel().equals(channel) && byId.remove(id, subscription);
    }

    void closeAll(Channel channel) {
        byId.values().removeIf(subscription -> subscription.channel().equals(channel));
    }

    int count() {
        return byId.size();
    }

    /// Sends this result to every subscription of the kind, for example `newHeads`.
    void push(String kind, String rawResult) {
        byId.values().stream()
                .filter(subscription -> subscription.kind().equals(kind))
                .forEach(subscription -> push(subscription, rawResult));
    }

    private static void push(Subscription to, String rawResult) {
        String text = "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{\"subscription\":\"" + to.id()
                + "\",\"result\":" + rawResult + "}}";
        // Through the loop, so that a push never overtakes the reply that tells the subscription's id.
        to.channel().eventLoop().execute(() -> to.channel().writeAndFlush(new TextWebSocketFrame(text)));
    }
}
