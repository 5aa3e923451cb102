/// What clients of a chain were shown, so that no later answer goes back behind it: heads, hashes, what they sent.
/// Read [HeadFloor] first.
@NullMarked
package dev.fairlead.data.shown;

import org.jspecify.annotations.NullMarked;
