package dev.fairlead.core.fleet;

/// A node's name within its chain; shown and accepted as `chain/name`.
public record NodeId(String chain, String name) implements Comparable<NodeId> {
    @Override
    public int compareTo(NodeId other) {
        int byChain = chain.compareTo(other.chain);
        return byChain != 0 ? byChain : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return chain + "/" + name;
    }
}
