package dev.fairlead.control.probe;

/// Which chain a node answers for. The id alone is not enough: Ethereum and Ethereum Classic share a genesis, and
/// private chains share ids.
///
/// @param chainId EIP-155 id, or 0 when it is not known
/// @param genesis hash of block 0, or empty when it is not known
public record Identity(long chainId, String genesis) {
    public static final Identity UNKNOWN = new Identity(0, "");

    /// Whether a node that says `found` may belong to the chain that this identifies, as far as it is known.
    public boolean admits(Identity found) {
        boolean idFits = chainId == 0 || chainId == found.chainId;
        boolean genesisFits = genesis.isEmpty() || found.genesis.isEmpty() || genesis.equals(found.genesis);
        return idFits && genesisFits;
    }

    /// What is expected of a node that says `found`, in the words of the part that differs.
    public String against(Identity found) {
        return chainId != 0 && chainId != found.chainId ? id() : "genesis " + genesis;
    }

    private String id() {
        return chainId == 0 ? "no chain id" : "chain id " + chainId;
    }

    /// What was found, in the words of the part that differs from `expected`.
    public String foundAgainst(Identity expected) {
        return expected.chainId != 0 && expected.chainId != chainId ? id() : "genesis " + genesis;
    }
}
