package dev.fairlead.data.limit.shared;

/// What Redis gave one bucket.
///
/// @param credits those that this gateway may let through now
/// @param left how many there are beside; below 0 when more was taken than there was
/// @param taken by all gateways together, ever
/// @param born when Redis began to keep the bucket; another when it lost it meanwhile
record LeaseGrant(double credits, double left, double taken, String born) {}
