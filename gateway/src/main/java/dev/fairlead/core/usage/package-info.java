/// What tenants and their keys took, day by day. In come ended calls; out go counts, to be added to those that are
/// written down. Read [KeyUse] first.
@NullMarked
package dev.fairlead.core.usage;

import org.jspecify.annotations.NullMarked;
