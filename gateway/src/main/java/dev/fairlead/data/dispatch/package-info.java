/// Which nodes, in which order; failover, retry, and what a node is spared after it failed.
@NullMarked
package dev.fairlead.data.dispatch;

import org.jspecify.annotations.NullMarked;
