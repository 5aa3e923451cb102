/// From a call to its answer: attempts until one node has answered or the time is over, once-only calls that are looked
/// up, answers that do not go back. Read [FailoverRun] first, then [Move].
@NullMarked
package dev.fairlead.data.failover;

import org.jspecify.annotations.NullMarked;
