/// In whose words callers are told of errors: one choice for all, for a chain or for a tenant. What each style says of
/// which refusal stands in `data/call/Refusal`.
///
/// Read [ErrorStyle] first.
@NullMarked
package dev.fairlead.core.style;

import org.jspecify.annotations.NullMarked;
