/// Durable declarations: nodes added at run time, modes, and the audit trail. Orders come in; what is kept
/// goes out at the next start. How it is kept is the matter of `store.sqlite`. Read [Store] first.
@NullMarked
package dev.fairlead.control.store;

import org.jspecify.annotations.NullMarked;
