/// From a call to its answer. A call comes in; attempts go to the nodes of its plan, one after the other, until one has
/// answered or the time is over; an `Answer` goes out. Read [FailoverRun] first, then [RunTransitions] and [Move].
@NullMarked
package dev.fairlead.data.failover;

import org.jspecify.annotations.NullMarked;
