package dev.fairlead.core.net;

/// Whose calls wait: where resources are scarce, addresses take turns, and the connections of one address do.
///
/// @param address of the client, without port
/// @param connection unique in this process
public record Peer(String address, long connection) {}
