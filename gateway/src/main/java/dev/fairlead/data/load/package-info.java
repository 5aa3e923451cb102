/// What this gateway knows of nodes from its own calls: places, queues, failures, ejections, budgets. The end of every
/// attempt comes in; whether a node is asked goes out. Read [Traffic] first.
@NullMarked
package dev.fairlead.data.load;

import org.jspecify.annotations.NullMarked;
