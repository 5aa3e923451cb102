package dev.fairlead.core.fleet;

/// How the data plane tells the control plane that a node failed a call, so that it is looked at now and not at the
/// next interval. Never blocks.
public interface Suspicion {
    void suspect(NodeId node, String cause);
}
