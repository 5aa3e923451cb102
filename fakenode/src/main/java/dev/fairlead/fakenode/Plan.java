package dev.fairlead.fakenode;

import dev.fairlead.fakenode.Behaviour.Batching;
import dev.fairlead.fakenode.Behaviour.Chunked;
import dev.fairlead.fakenode.Behaviour.ConnectionClose;
import dev.fairlead.fakenode.Behaviour.CutBody;
import dev.fairlead.fakenode.Behaviour.Delay;
import dev.fairlead.fakenode.Behaviour.Delivery;
import dev.fairlead.fakenode.Behaviour.Depends;
import dev.fairlead.fakenode.Behaviour.GzipReply;
import dev.fairlead.fakenode.Behaviour.Hang;
import dev.fairlead.fakenode.Behaviour.HangAfterActing;
import dev.fairlead.fakenode.Behaviour.Normal;
import dev.fairlead.fakenode.Behaviour.NotJson;
import dev.fairlead.fakenode.Behaviour.RateLimitedHttp;
import dev.fairlead.fakenode.Behaviour.Reset;
import dev.fairlead.fakenode.Behaviour.ResetAfterActing;
import dev.fairlead.fakenode.Behaviour.Shape;
import dev.fairlead.fakenode.Behaviour.SlowBody;
import dev.fairlead.fakenode.Behaviour.Speech;
import dev.fairlead.fakenode.Behaviour.Status;
import dev.fairlead.fakenode.Behaviour.Together;
import dev.fairlead.fakenode.Behaviour.UnderStatus;
import java.util.ArrayList;
import java.util.List;

/// A behaviour unfolded for one call, sorted by what it affects.
record Plan(List<Speech> speeches, List<Shape> shapes, List<Delivery> deliveries, List<Batching> batchings) {
    private static final Plan NORMAL = new Plan(List.of(), List.of(), List.of(), List.of());

    static Plan of(Behaviour behaviour, Received call) {
        if (behaviour instanceof Normal) {
            return NORMAL;
        }
        var plan = new Plan(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        plan.unfold(behaviour, call);
        return plan;
    }

    private void unfold(Behaviour behaviour, Received call) {
        switch (behaviour) {
            case Normal _ -> {}
            case Together(var parts) -> parts.forEach(part -> unfold(part, call));
            case Depends(var choice) -> unfold(choice.apply(call), call);
            case Speech speech -> speeches.add(speech);
            case Shape shape -> shapes.add(shape);
            case Delivery delivery -> deliveries.add(delivery);
            case Batching batching -> batchings.add(batching);
        }
    }

    /// Whether the node does what the call asks for, whatever becomes of the answer.
    boolean acts() {
        return speeches.isEmpty() && deliveries.stream().allMatch(Plan::acts);
    }

    private static boolean acts(Delivery delivery) {
        return switch (delivery) {
            case Hang _, Reset _, Status _, NotJson _, RateLimitedHttp _ -> false;
            case HangAfterActing _, ResetAfterActing _, Delay _, SlowBody _, CutBody _ -> true;
            case UnderStatus _, Chunked _, GzipReply _, ConnectionClose _ -> true;
        };
    }
}
