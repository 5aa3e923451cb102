/// Holds the replies to one call against what clients were shown: heads, counts, and a node's word that something is
/// not there. Replies come in; what is said of each goes out, and the best of those that are kept. Nothing is sent from
/// here. Read [ReplyGuard] first.
@NullMarked
package dev.fairlead.data.guard;

import org.jspecify.annotations.NullMarked;
