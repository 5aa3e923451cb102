package dev.fairlead.control.health;

import dev.fairlead.core.fleet.Head;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a node is, by the blocks that it showed.
///
/// @param head the newest block that it showed, with when we first saw it there
/// @param descent the newest proof or disproof of a claim to be far ahead, or null
/// @param checked the last height that it was asked for, or -1
/// @param wentBackAt when it last showed a block that was some blocks lower than the one before
record Position(@Nullable Head head, Trail trail, @Nullable Descent descent, long checked, Instant wentBackAt) {
    static final Position UNKNOWN = new Position(null, Trail.EMPTY, null, -1, Instant.MIN);

    /// What a node proved still counts when it moves on by no more than a leap between two looks.
    Position saw(Block block, Instant at) {
        if (head != null && block.same(head)) return this;
        Trail next = trail.saw(block, at);
        boolean onward = head != null && block.number() > head.number() && block.number() - head.number() <= Block.LEAP;
        boolean known = next.since().equals(trail.since());
        boolean back = head != null && head.number() - block.number() > Questions.DEEPER;
        return new Position(
                block.seen(at), next, onward ? descent : null, known ? checked : -1, back ? at : wentBackAt);
    }

    Position found(Finding finding, Instant at) {
        Descent next = finding.descent() == null || isOutdated(finding) ? descent : finding.descent();
        long height = switch (finding.check()) {
            case Check.At(var asked) -> asked;
            case Check.Onward _ -> checked;
        };
        return new Position(head, trail.shown(finding.blocks(), at), next, height, wentBackAt);
    }

    /// Whether it proves a claim that the node does not make: its head is older or newer than the one that was proven.
    private boolean isOutdated(Finding finding) {
        if (!(finding.check() instanceof Check.Onward onward) || !(finding.descent() instanceof Descent.Proven)) {
            return false;
        }
        return head == null || head.number() < onward.head() || head.number() - onward.head() > Block.LEAP;
    }

    Position judged(Trail kept, long asked) {
        return new Position(head, kept, descent, asked, wentBackAt);
    }
}
