/// HTTP listeners: bytes to calls, answers to bytes, graceful stop.
@NullMarked
package dev.fairlead.data.server;

import org.jspecify.annotations.NullMarked;
