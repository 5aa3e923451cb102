/// Whether a caller may make a call at all: the first stage of its way. In come calls and the access policy; out go
/// refusals, and calls that know which group they go to. Read [AccessGate] first.
@NullMarked
package dev.fairlead.data.access;

import org.jspecify.annotations.NullMarked;
