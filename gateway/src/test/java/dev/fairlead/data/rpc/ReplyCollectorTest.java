package dev.fairlead.data.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.reply.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyCollectorTest {
    private final List<ReplyCollector.Ended> ended = new ArrayList<>();
    private final ReplyCollector collector = new ReplyCollector(
            bytes("<"), new Unhindered(), 1, MemoryShare.of(Budgets.unbounded().direct()), new Plenty(), ended::add);

    @Test
    void tinyPartsOfAReplyAreCopiedTogether() {
        List<ByteBuf> parts = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) parts.add(bytes("x"));

        parts.forEach(collector::part);
        collector.end();

        assertThat(parts).allMatch(part -> part.refCnt() == 0);
        assertThat(ended).singleElement().isInstanceOfSatisfying(ReplyCollector.Whole.class, whole -> {
            assertThat(whole.body().toString(StandardCharsets.US_ASCII)).isEqualTo("<" + "x".repeat(10_000));
            whole.body().release();
        });
    }

    @Test
    void largePartsAreKeptAsTheyCame() {
        ByteBuf large = bytes("y".repeat(10_000));

        collector.part(bytes("x"));
        collector.part(large);
        collector.part(bytes(">"));
        collector.end();

        assertThat(large.refCnt()).isEqualTo(1);
        assertThat(ended).singleElement().isInstanceOfSatisfying(ReplyCollector.Whole.class, whole -> {
            assertThat(whole.body().toString(StandardCharsets.US_ASCII)).isEqualTo("<x" + "y".repeat(10_000) + ">");
            whole.body().release();
        });
        assertThat(large.refCnt()).isZero();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static final class Unhindered implements Reply.Rest {
        @Override
        public void into(Reply.Sink sink) {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void abort() {}
    }

    private static final class Plenty implements ReplyCollector.Budget {
        @Override
        public boolean claim(long bytes) {
            return true;
        }

        @Override
        public void giveBack(long bytes) {}
    }
}
