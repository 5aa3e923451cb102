/// The listeners: addresses and ports, TLS certificates, who is let in and who is turned away, graceful stop.
///
/// Read [dev.fairlead.data.server.Server] first.
@NullMarked
package dev.fairlead.data.server;

import org.jspecify.annotations.NullMarked;
