package dev.fairlead.control.admin.view;

import dev.fairlead.core.fleet.Head;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A newest block.
public record HeadView(long number, String hash, Instant timestamp, Instant seenAt) {
    static @Nullable HeadView of(@Nullable Head head) {
        return head == null ? null : new HeadView(head.number(), head.hash(), head.timestamp(), head.seenAt());
    }
}
