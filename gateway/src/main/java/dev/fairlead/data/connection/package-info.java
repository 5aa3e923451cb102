/// One client connection of HTTP/1.1, or one stream of HTTP/2. Bytes come in and are put together to requests;
/// answers leave in order, and no faster than the client reads.
///
/// Read [dev.fairlead.data.connection.HttpStream] first, then [dev.fairlead.data.connection.ResponseOrderer].
@NullMarked
package dev.fairlead.data.connection;

import org.jspecify.annotations.NullMarked;
