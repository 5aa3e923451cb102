package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.net.DescriptorShares;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.support.RecordedEvents;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AcceptPauseTest {
    private final RecordedEvents events = new RecordedEvents();
    private final EmbeddedChannel listener =
            new EmbeddedChannel(new AcceptPause(() -> DescriptorShares.UNBOUNDED, events));

    @Test
    void withoutDescriptorsTheListenerRestsForAMomentAndGoesOnByItself() {
        listener.freezeTime();

        for (int i = 0; i < 3; i++)
            listener.pipeline().fireExceptionCaught(new IOException("accept(..): Too many open files"));

        assertThat(listener.config().isAutoRead()).isFalse();
        listener.advanceTimeBy(AcceptPause.REST.toMillis(), TimeUnit.MILLISECONDS);
        listener.runScheduledPendingTasks();
        assertThat(listener.config().isAutoRead()).isTrue();
        assertThat(events.turnedAway)
                .containsOnly(Events.TurnedAway.DESCRIPTORS)
                .hasSize(3);
        listener.checkException();
    }

    @Test
    void anyOtherFailureToAcceptIsToldToo() {
        listener.pipeline().fireExceptionCaught(new IOException("Software caused connection abort"));

        assertThat(events.turnedAway).containsExactly(Events.TurnedAway.NOT_ACCEPTED);
        listener.checkException();
    }
}
