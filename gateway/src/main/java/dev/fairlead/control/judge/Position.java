package dev.fairlead.control.judge;

import dev.fairlead.control.probe.Ancestry;
import dev.fairlead.control.probe.FollowUp;
import dev.fairlead.control.probe.FollowUpAnswer;
import dev.fairlead.control.probe.SeenBlock;
import dev.fairlead.core.fleet.Head;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a node is, by the blocks that it showed.
///
/// @param head the newest block that it showed, with when we first saw it there
/// @param ancestry the newest proof or disproof of a claim to be far ahead, or null
/// @param checked the last height that it was asked for, or -1
/// @param wentBackAt when it last showed a block that was some blocks lower than the one before
record Position(
        @Nullable Head head, KnownHashes hashes, @Nullable Ancestry ancestry, long checked, Instant wentBackAt) {
    static final Position UNKNOWN = new Position(null, KnownHashes.EMPTY, null, -1, Instant.MIN);

    /// What a node proved still counts when it moves on by no more than a leap between two looks.
    Position saw(SeenBlock block, Instant at) {
        if (head != null && block.same(head)) return this;
        KnownHashes next = hashes.saw(block, at);
        boolean onward =
                head != null && block.number() > head.number() && block.number() - head.number() <= SeenBlock.LEAP;
        boolean known = next.since().equals(hashes.since());
        boolean back = head != null && head.number() - block.number() > Questions.DEEPER;
        return new Position(
                block.seen(at), next, onward ? ancestry : null, known ? checked : -1, back ? at : wentBackAt);
    }

    Position found(FollowUpAnswer followUpAnswer, Instant at) {
        Ancestry next =
                followUpAnswer.ancestry() == null || isOutdated(followUpAnswer) ? ancestry : followUpAnswer.ancestry();
        long height = switch (followUpAnswer.followUp()) {
            case FollowUp.At(var asked) -> asked;
            case FollowUp.Onward _ -> checked;
        };
        return new Position(head, hashes.shown(followUpAnswer.blocks(), at), next, height, wentBackAt);
    }

    /// Whether it proves a claim that the node does not make: its head is older or newer than the one that was proven.
    private boolean isOutdated(FollowUpAnswer followUpAnswer) {
        if (!(followUpAnswer.followUp() instanceof FollowUp.Onward onward)
                || !(followUpAnswer.ancestry() instanceof Ancestry.Proven)) {
            return false;
        }
        return head == null || head.number() < onward.head() || head.number() - onward.head() > SeenBlock.LEAP;
    }

    Position judged(KnownHashes kept, long asked) {
        return new Position(head, kept, ancestry, asked, wentBackAt);
    }
}
