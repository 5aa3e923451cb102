package dev.fairlead.data.rpc;

/// Bounds on what clients may send, and on how much at once.
///
/// @param body bytes of a message, after decompression
/// @param header bytes of all request headers
/// @param batch calls in one batch
/// @param batchReply bytes of one batch's whole answer
/// @param nesting depth of JSON
/// @param callsPerConnection calls in flight at once on one connection
/// @param connections open at once
public record ServerLimits(
        int body, int header, int batch, long batchReply, int nesting, int callsPerConnection, int connections) {
    public static final ServerLimits DEFAULT =
            new ServerLimits(5 * 1024 * 1024, 16 * 1024, 1000, 64L * 1024 * 1024, 64, 1000, 20_000);
}
