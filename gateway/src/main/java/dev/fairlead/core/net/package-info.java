/// Connections come about here: names, addresses, TCP, TLS, event loops, file descriptors. A host and port come in, a
/// channel or a reason goes out. Read [Dialer] first.
@NullMarked
package dev.fairlead.core.net;

import org.jspecify.annotations.NullMarked;
