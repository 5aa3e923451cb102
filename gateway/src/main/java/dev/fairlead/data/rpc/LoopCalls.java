package dev.fairlead.data.rpc;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.jsonrpc.MethodNameCache;
import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Refusal;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;

/// What the calls of one event loop share, whatever transport they came by: the stages, the memory that they
/// take, and the events.
public final class LoopCalls {
    private final EventLoop loop;
    private final Next next;
    private final Board<Fleet> fleet;
    private final MemoryShare heap;
    private final MemoryShare direct;
    private final CallSerials serials;
    private final Events events;
    private final Faults faults;
    private final TimeoutSweep sweep;
    private final MethodNameCache names = new MethodNameCache();

    /// @param next the stages of every call that comes on this loop
    public LoopCalls(
            EventLoop loop, Next next, Board<Fleet> fleet, Budgets budgets, CallSerials serials, Events events) {
        this.loop = loop;
        this.next = next;
        this.fleet = fleet;
        this.heap = MemoryShare.of(budgets.heap());
        this.direct = MemoryShare.of(budgets.direct());
        this.serials = serials;
        this.events = events;
        this.faults = events::fault;
        this.sweep = new TimeoutSweep(faults);
    }

    public EventLoop loop() {
        return loop;
    }

    public Next next() {
        return next;
    }

    public Fleet fleet() {
        return fleet.now();
    }

    /// For requests.
    public MemoryShare heap() {
        return heap;
    }

    /// For replies and output.
    public MemoryShare direct() {
        return direct;
    }

    public long nextSerial() {
        return serials.next();
    }

    public Events events() {
        return events;
    }

    public Faults faults() {
        return faults;
    }

    public TimeoutSweep sweep() {
        return sweep;
    }

    public ByteBufAllocator buffers() {
        return ByteBufAllocator.DEFAULT;
    }

    MethodNameCache names() {
        return names;
    }

    public Refused noRoomForRequests() {
        return new Refused(
                Refusal.OVERLOADED,
                "The memory for requests is in use (" + heap.most() + " bytes for all clients together); come again");
    }

    Refused noRoomForAnswers() {
        return new Refused(
                Refusal.OVERLOADED,
                "The memory for answers is in use (" + direct.most() + " bytes for all clients together); come again");
    }
}
