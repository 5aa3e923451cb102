/// Which nodes are asked for a call, and in which order. A call and the nodes of the Fleet come in, a plan goes out.
/// Nothing is kept or changed here, but the live counters of [dev.fairlead.data.load.NodeTraffic] are read: calls in
/// flight, latency, newest head, ejection. Clock and chance come in as values. Read [Router] first.
@NullMarked
package dev.fairlead.data.routing;

import org.jspecify.annotations.NullMarked;
