/// Calls that must not be done twice. What the attempts may have done comes in; out goes what the client is told, after
/// the nodes were asked whether they have the transaction. Also here: an accepted transaction is sent to further nodes.
/// Read [Submission] first.
@NullMarked
package dev.fairlead.data.submission;

import org.jspecify.annotations.NullMarked;
