package dev.fairlead.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Reply;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A node whose large replies begin well and turn out to be broken.
class BrokenRestTest {
    private final List<Consumer<String>> faulty = new ArrayList<>();

    @Test
    void itIsSparedCallsOfThatKind() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b").ordered());
        nodes.script("a", request -> request.method().equals("eth_gasPrice") ? nodes.result("1") : beginning());

        for (int i = 0; i < 3; i++) {
            assertThat(nodes.call("debug_traceTransaction", "[\"0x1\"]").call.servedBy())
                    .isEqualTo(Fleets.id("a"));
            faulty.removeLast().accept("reply is broken JSON");
        }

        assertThat(nodes.call("debug_traceTransaction", "[\"0x1\"]").text()).isEqualTo("\"b\"");
        assertThat(nodes.call("eth_gasPrice", "[]").text()).isEqualTo("1");
    }

    private Outcome beginning() {
        var rest = new Reply.Rest() {
            @Override
            public void into(Reply.Sink sink) {}

            @Override
            public void pause() {}

            @Override
            public void resume() {}

            @Override
            public void abort() {}

            @Override
            public void onFault(Consumer<String> told) {
                faulty.add(told);
            }
        };
        return new Outcome.Answered(new Reply(Unpooled.EMPTY_BUFFER, 0, null, -1, rest));
    }
}
