/// Access policy as an immutable value: which methods are open to whom, and to which group they go. In come
/// declarations; out go decisions about single calls. `operate` publishes it, the data plane reads it with one volatile
/// load. Read [AccessPolicy] first, then [MethodRules].
@NullMarked
package dev.fairlead.core.policy;

import org.jspecify.annotations.NullMarked;
