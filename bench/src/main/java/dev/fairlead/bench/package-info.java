/// The bench: the gateway beside nginx and HAProxy on the same core, in interleaved slices.
@NullMarked
package dev.fairlead.bench;

import org.jspecify.annotations.NullMarked;
