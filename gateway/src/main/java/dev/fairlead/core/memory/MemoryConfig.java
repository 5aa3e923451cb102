package dev.fairlead.core.memory;

import java.time.Duration;

/// What may be held for clients and nodes.
///
/// @param heap bytes of request bodies; 0 is a quarter of the largest heap
/// @param direct bytes of replies and of output that clients have not read; 0 is half of the largest direct memory
/// @param patience while either is short, how long a client may keep what it holds without moving on
/// @param unread bytes of one reply that are taken over from its node before the client has read them, while there is
/// plenty
public record MemoryConfig(long heap, long direct, Duration patience, int unread) {
    public static final MemoryConfig DEFAULT = new MemoryConfig(0, 0, Duration.ofSeconds(3), 2 * 1024 * 1024);
}
