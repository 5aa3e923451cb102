package dev.fairlead.core.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferedBodyTest {
    @Test
    void theBodyIsItsPartsInOrderAndNoPartIsLost() {
        Property.holds(
                500,
                any -> theBodyIsItsPartsInOrderAndNoPartIsLost(
                        any.list(0, 12, () -> any.between(1, 20_000)), any.between(-1, 200_000), any.bool()));
    }

    private void theBodyIsItsPartsInOrderAndNoPartIsLost(List<Integer> sizes, int length, boolean taken) {
        var held = new BufferedBody(UnpooledByteBufAllocator.DEFAULT);
        ByteBuf all = Unpooled.buffer();
        var parts = new ArrayList<ByteBuf>();
        for (int size : sizes) {
            var bytes = new byte[size];
            for (int i = 0; i < size; i++) bytes[i] = (byte) (all.readableBytes() + i);
            all.writeBytes(bytes);
            ByteBuf part = Unpooled.directBuffer(size + 3)
                    .writeZero(3)
                    .writeBytes(bytes)
                    .skipBytes(3);
            parts.add(part);
            held.add(part, length);
            assertThat(held.size()).isEqualTo(all.readableBytes());
        }

        if (taken) {
            ByteBuf body = held.take();
            assertThat(body).isEqualTo(all);
            assertThat(held.size()).isZero();
            body.release();
        } else {
            held.release();
        }
        assertThat(parts).allMatch(part -> part.refCnt() == 0);
    }
}
