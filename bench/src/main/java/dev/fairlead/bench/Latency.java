package dev.fairlead.bench;

/// How long calls took, in milliseconds.
record Latency(double p50, double p99, double p999, double most) {}
