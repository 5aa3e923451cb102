package dev.fairlead.core.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BufferedBodyTest {
    @Property(tries = 500)
    void theBodyIsItsPartsInOrderAndNoPartIsLost(
            @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 20_000) Integer> sizes,
            @ForAll @IntRange(min = -1, max = 200_000) int length,
            @ForAll boolean taken) {
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
