package dev.fairlead.core.net;

/// The client whose calls wait. Where resources are scarce, addresses take turns, and so do the connections of
/// one address.
///
/// @param address of the client, without port; of IPv6 the /64 that it lies in
/// @param connection unique in this process
public record Peer(String address, long connection) {}
