package dev.fairlead.core.fleet;

import java.time.Instant;

/// The newest block that a node showed.
///
/// @param hash 0x and 64 hex digits
/// @param timestamp what the block itself says
/// @param seenAt when we first saw this block at this node
public record Head(long number, String hash, Instant timestamp, Instant seenAt) {}
