package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;

/// What the router must know of a call.
///
/// @param block the highest block number that it names; -1 for none
/// @param fresh whether the answer depends on how new the node's head is
/// @param floor the highest head that clients of the chain were told of; -1 for none
record Ask(Method method, long block, boolean fresh, long floor) {
    static Ask of(Method method, BlockRef named, long floor) {
        return new Ask(method, named.needsHead(), isFresh(named), floor);
    }

    static Ask of(Method method, BlockRef named, HeadFloor floor) {
        return new Ask(method, floor.needs(named), isFresh(named), floor.number());
    }

    /// Whether it may be spent on finding out if a node works again.
    boolean suitsTrial() {
        return method.repeatable() && !method.heavy();
    }

    private static boolean isFresh(BlockRef named) {
        return switch (named) {
            case BlockRef.Number _ -> false;
            case BlockRef.Range(var from, var to) -> isFresh(to) || isFresh(from);
            case BlockRef.Hash _, BlockRef.Tag _, BlockRef.None _ -> true;
        };
    }
}
