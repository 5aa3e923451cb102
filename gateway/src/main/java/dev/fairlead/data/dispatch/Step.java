package dev.fairlead.data.dispatch;

import dev.fairlead.core.fleet.NodeId;

/// A node in a plan, and why it stands there.
record Step(Candidate candidate, Place place) {
    NodeId node() {
        return candidate.state().id();
    }

    Tier tier() {
        return place.isPanic() ? Tier.PANIC : candidate.tier();
    }
}
