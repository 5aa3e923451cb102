/// Fetches the keys of those who issue tokens, and keeps the last good ones. Read [KeySets] first, then [KeySetLoop].
@NullMarked
package dev.fairlead.control.issuer;

import org.jspecify.annotations.NullMarked;
