/// The listeners: addresses and ports, TLS certificates, which connections are let in or turned away, graceful
/// stop.
///
/// Read [dev.fairlead.data.server.Server] first.
@NullMarked
package dev.fairlead.data.server;

import org.jspecify.annotations.NullMarked;
