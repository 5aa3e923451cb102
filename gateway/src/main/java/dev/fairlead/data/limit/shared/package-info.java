/// Limits that several gateways share over Redis. Each leases credits before it needs them, so that no call waits;
/// while Redis is gone, each keeps to its part. Nothing here is loaded unless Redis is declared. Read
/// [SharedLimits] first.
@NullMarked
package dev.fairlead.data.limit.shared;

import org.jspecify.annotations.NullMarked;
