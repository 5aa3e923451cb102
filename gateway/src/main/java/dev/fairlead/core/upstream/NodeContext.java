package dev.fairlead.core.upstream;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Secrets;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.net.Dial;
import dev.fairlead.core.net.Dialer;
import dev.fairlead.core.net.HostPort;
import dev.fairlead.core.net.RequestMark;
import dev.fairlead.core.reply.NodeRequest;
import dev.fairlead.core.reply.ParsedReply;
import dev.fairlead.core.reply.ReplyHead;
import dev.fairlead.core.reply.ScratchBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What all connections and attempts of one event loop at one node work with: where the node is, what is sent to it,
/// the settings, and the places where its bytes lie while they are looked at.
final class NodeContext {
    private final EventLoop loop;
    private final Endpoint endpoint;
    private final Dialer dialer;
    private final Supplier<UpstreamConfig> config;
    private final HostPort address;
    private final RequestWriter requestWriter;
    private final Secrets secrets;
    private final WireIds ids = WireIds.random();
    private final byte[] scratch = new byte[Math.max(ReplyHead.LONGEST, ParsedReply.BEGINNING)];
    private final ScratchBuffer large;
    private final MemoryShare memory;

    /// @param large for what does not fit into the usual scratch
    NodeContext(
            EventLoop loop,
            Endpoint endpoint,
            Dialer dialer,
            Supplier<UpstreamConfig> config,
            ScratchBuffer large,
            MethodNameBytes names,
            MemoryShare memory,
            RequestMark mark) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.dialer = dialer;
        this.config = config;
        this.large = large;
        this.memory = memory;
        this.address = HostPort.of(endpoint.http());
        this.requestWriter = new RequestWriter(NodeRequestHead.to(endpoint, mark), names);
        this.secrets = Secrets.of(endpoint);
    }

    /// Called by every attempt, nearly always with the very same value.
    @SuppressWarnings("ReferenceEquality")
    boolean isAt(Endpoint other) {
        return endpoint == other || endpoint.equals(other);
    }

    HostPort address() {
        return address;
    }

    Secrets secrets() {
        return secrets;
    }

    UpstreamConfig config() {
        return config.get();
    }

    Faults faults() {
        return dialer.faults();
    }

    Dial dial(Dial.Caller caller) {
        return dialer.dial(loop, endpoint.http(), endpoint.tls(), config().allowLinkLocal(), caller);
    }

    /// The request as it is sent, under an id that no other request on this node's connections has.
    ///
    /// @param past the gateways that it came through, or null
    NodeRequest wanted(Request request, @Nullable String past) {
        return NodeRequest.of(request, ids.next(), past);
    }

    /// The bytes of that request.
    ByteBuf written(NodeRequest request, ByteBufAllocator allocator) {
        return requestWriter.request(allocator, request);
    }

    ByteBufAllocator buffers() {
        return ByteBufAllocator.DEFAULT;
    }

    /// The budget's share for replies that are held.
    MemoryShare memory() {
        return memory;
    }

    /// Where bytes lie while they are looked at. A user is done with it before other code runs on the loop.
    byte[] scratch() {
        return scratch;
    }

    byte[] scratch(int size) {
        return size <= scratch.length ? scratch : large.of(size);
    }
}
