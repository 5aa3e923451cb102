package dev.fairlead.core.policy;

import java.time.Duration;

/// How many credits in what time: `2000/5m`.
public record CallRate(long credits, Duration window) {}
