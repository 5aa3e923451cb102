/// Answers that are true for ever, kept so that no node is asked for them twice. In come calls that nothing speaks
/// against; those that are answered here go no further. Read [CacheGate] first.
@NullMarked
package dev.fairlead.data.cache;

import org.jspecify.annotations.NullMarked;
