/// Bytes of a node become an [Outcome]: heads, bodies, compression, JSON-RPC, ids. Read [ReplyReader] first.
@NullMarked
package dev.fairlead.core.reply;

import org.jspecify.annotations.NullMarked;
