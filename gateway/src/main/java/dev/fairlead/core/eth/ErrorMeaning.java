package dev.fairlead.core.eth;

/// What an error from a node means for the call: whether the caller erred, or this node cannot serve what another may.
public enum ErrorMeaning {
    /// Revert, invalid params, nonce too low, insufficient funds: it belongs to the caller and goes straight back.
    CALLERS,
    RATE_LIMITED,
    OVERLOADED,
    /// State or history that this node no longer has, or an index that it has not made yet.
    PRUNED,
    /// The node does not offer this method, or not to this gateway.
    UNSUPPORTED,
    /// The node has not seen the block yet.
    HEAD_NOT_THERE,
    /// The node's own cap on ranges or result sizes; another node may allow more.
    RANGE_CAPPED,
    /// Our key or our IP address is not accepted there, or the plan is used up.
    UNAUTHORIZED,
    /// Anything else that is the node's own trouble.
    INTERNAL,
    /// An error text that is in no list, from a method that runs what the caller sent: another node is asked,
    /// and no node is blamed. When that one objects too, the error is the caller's.
    UNCLEAR,
    /// The node is this gateway itself, or a gateway that would ask it: nothing was done, and nothing is wrong with the
    /// call.
    LOOP;

    /// Whether another node may be asked because of it.
    public boolean declines() {
        return this != CALLERS;
    }
}
