/// How much callers may ask: counts calls against the limits of the access policy. In come calls that are open to their
/// callers; out go refusals with the time after which to come again. Read [LimitGate] first.
@NullMarked
package dev.fairlead.data.limit;

import org.jspecify.annotations.NullMarked;
