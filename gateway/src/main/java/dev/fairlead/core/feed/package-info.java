/// The heads that a node announces over WebSocket. Read [HeadFeed] first.
@NullMarked
package dev.fairlead.core.feed;

import org.jspecify.annotations.NullMarked;
