package dev.fairlead.fakenode;

import java.time.Instant;

/// One block of a [FakeChain]. Hashes are `0x` and 64 hex digits and never depend on the timestamp.
public record Block(long number, String hash, String parentHash, Instant timestamp) {}
