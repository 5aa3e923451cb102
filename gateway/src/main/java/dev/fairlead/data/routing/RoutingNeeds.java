package dev.fairlead.data.routing;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.data.shown.HeadFloor;
import dev.fairlead.data.shown.ShownHashes;

/// What the router must know of a call.
///
/// @param block the highest block number that it names or is known to be about; -1 for none
/// @param first which of equal nodes are asked first
/// @param floor the highest block that clients of the chain were shown, as the latest or under the tag that the call
/// names; -1 for none
public record RoutingNeeds(Method method, long block, First first, long floor) {
    /// A block so far below the floor is old: some nodes keep fewer old blocks than others.
    private static final long OLD = 128;

    enum First {
        ANY,
        /// Nodes that have reached the floor, because the answer depends on how new the node's head is.
        AT_FLOOR,
        /// Nodes whose safe or final block is known to be as high as clients were shown.
        SAFE,
        FINALIZED,
        /// Nodes that have reached the floor and whose pending block is not behind.
        PENDING,
        /// Nodes that are not known to keep less than others.
        KEEPING
    }

    public static RoutingNeeds of(Method method, BlockRef named, long floor) {
        return new RoutingNeeds(method, named.needsHead(), fresh(named), floor);
    }

    public static RoutingNeeds of(Method method, CallKind kind, BlockRef named, HeadFloor floor) {
        long height = CallKind.height(kind, named, floor);
        First first = first(method, kind, named, height, floor);
        return new RoutingNeeds(method, height, first, shown(first, floor));
    }

    /// Whether the call may be used to test whether a node works again.
    boolean suitsTrial() {
        return method.repeatable() && !method.heavy();
    }

    boolean prefers(Candidate candidate, long now) {
        return switch (first) {
            case ANY -> true;
            case AT_FLOOR, PENDING -> candidate.head(now) >= floor;
            case SAFE -> candidate.load().head(BlockRef.Tag.SAFE) >= floor;
            case FINALIZED -> candidate.load().head(BlockRef.Tag.FINALIZED) >= floor;
            case KEEPING -> !candidate.load().keepsLess(now);
        };
    }

    private static First first(Method method, CallKind kind, BlockRef named, long height, HeadFloor floor) {
        if (named == BlockRef.Tag.PENDING) return First.PENDING;
        // any node may show its safe or final block, so that it becomes known which node has which
        if (kind instanceof CallKind.HeadBlock(var tag) && tag != BlockRef.Tag.LATEST) return First.AT_FLOOR;
        BlockRef newest = newest(named);
        if (newest == BlockRef.Tag.SAFE) return First.SAFE;
        if (newest == BlockRef.Tag.FINALIZED) return First.FINALIZED;
        if (kind instanceof CallKind.Lookup(var key, var _)) {
            boolean recent = height < 0 ? floor.hashes().height(key) == ShownHashes.NO_BLOCK : isNew(height, floor);
            return recent ? First.AT_FLOOR : First.KEEPING;
        }
        if (!(named instanceof BlockRef.Tag) && method.nullMeansNoBlock()) {
            boolean old = height < 0 ? named instanceof BlockRef.Hash : !isNew(height, floor);
            if (old) return First.KEEPING;
        }
        return fresh(named);
    }

    private static BlockRef newest(BlockRef named) {
        return named instanceof BlockRef.Range(var _, var to) ? to : named;
    }

    private static long shown(First first, HeadFloor floor) {
        return switch (first) {
            case SAFE -> floor.number(BlockRef.Tag.SAFE);
            case FINALIZED -> floor.number(BlockRef.Tag.FINALIZED);
            case ANY, AT_FLOOR, PENDING, KEEPING -> floor.number();
        };
    }

    private static boolean isNew(long height, HeadFloor floor) {
        return floor.number() - height < OLD;
    }

    /// Whether the call names `pending`, and this node's pending block is behind.
    boolean missesPending(Candidate candidate) {
        return first == First.PENDING && candidate.state().pendingBehind() > 0;
    }

    private static First fresh(BlockRef named) {
        return switch (named) {
            case BlockRef.Number _ -> First.ANY;
            case BlockRef.Range(var from, var to) -> fresher(fresh(from), fresh(to));
            case BlockRef.Tag tag -> tag == BlockRef.Tag.PENDING ? First.PENDING : First.AT_FLOOR;
            case BlockRef.Hash _, BlockRef.None _ -> First.AT_FLOOR;
        };
    }

    private static First fresher(First one, First other) {
        if (one == First.PENDING || other == First.PENDING) return First.PENDING;
        return one == First.ANY ? other : one;
    }
}
