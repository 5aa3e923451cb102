/// One client connection, by HTTP/1.1 or as a stream of HTTP/2: bytes come in, requests are put together, their answers
/// leave in order and no faster than the client reads.
///
/// Read [dev.fairlead.data.connection.HttpStream] first, then [dev.fairlead.data.connection.ResponseOrderer].
@NullMarked
package dev.fairlead.data.connection;

import org.jspecify.annotations.NullMarked;
