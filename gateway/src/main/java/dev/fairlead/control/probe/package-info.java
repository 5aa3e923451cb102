/// Asks a node what it sees. A node comes in, a [Sample] goes out. Read [Prober] first.
@NullMarked
package dev.fairlead.control.probe;

import org.jspecify.annotations.NullMarked;
