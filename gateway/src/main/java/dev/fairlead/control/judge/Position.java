package dev.fairlead.control.judge;

import dev.fairlead.control.probe.Ancestry;
import dev.fairlead.control.probe.FollowUp;
import dev.fairlead.control.probe.FollowUpAnswer;
import dev.fairlead.control.probe.SeenBlock;
import dev.fairlead.core.fleet.Head;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a node is, by the blocks that it showed.
///
/// @param head the newest block that it showed, with when we first saw it there
/// @param ancestry the newest proof or disproof of a claim to be far ahead, or null
/// @param checked the last height that it was asked for, or -1
/// @param wentBackAt when it last showed a block that was some blocks lower than the one before
record Position(
        @Nullable Head head,
        KnownHashes hashes,
        Past past,
        @Nullable Ancestry ancestry,
        long checked,
        Instant wentBackAt) {
    /// How far below the newest common height branches are compared, so that the tip may still settle.
    static final long DEEPER = 3;

    static final Position UNKNOWN = new Position(null, KnownHashes.EMPTY, Past.NONE, null, -1, Instant.MIN);

    /// What a node proved still counts when it moves on by no more than a leap between two looks.
    Position saw(SeenBlock block, Instant at) {
        if (head != null && block.same(head)) return this;
        KnownHashes next = hashes.saw(block, at);
        boolean onward =
                head != null && block.number() > head.number() && block.number() - head.number() <= SeenBlock.LEAP;
        boolean known = next.since().equals(hashes.since());
        boolean back = head != null && head.number() - block.number() > DEEPER;
        return new Position(
                block.seen(at),
                next,
                past.saw(block, hashes, next, at),
                onward ? ancestry : null,
                known ? checked : -1,
                back ? at : wentBackAt);
    }

    Position found(FollowUpAnswer followUpAnswer, Instant at) {
        Ancestry next =
                followUpAnswer.ancestry() == null || isOutdated(followUpAnswer) ? ancestry : followUpAnswer.ancestry();
        long height = switch (followUpAnswer.followUp()) {
            case FollowUp.At(var asked, var _) -> asked;
            case FollowUp.Onward _ -> checked;
        };
        var heights = switch (followUpAnswer.followUp()) {
            case FollowUp.At(var _, var others) -> others;
            case FollowUp.Onward _ -> List.<Long>of();
        };
        var blocks = followUpAnswer.blocks();
        return new Position(
                head, hashes.shown(blocks, at), past.answered(heights, blocks, hashes, at), next, height, wentBackAt);
    }

    /// Whether it proves a claim that the node does not make: its head is older or newer than the one that was proven.
    private boolean isOutdated(FollowUpAnswer followUpAnswer) {
        if (!(followUpAnswer.followUp() instanceof FollowUp.Onward onward)
                || !(followUpAnswer.ancestry() instanceof Ancestry.Proven)) {
            return false;
        }
        return head == null || head.number() < onward.head() || head.number() - onward.head() > SeenBlock.LEAP;
    }

    /// What it proved before it was away says nothing of where it is when it comes back.
    Position left() {
        return new Position(head, hashes, past, null, checked, wentBackAt);
    }

    Position judged(KnownHashes kept, long asked) {
        return new Position(head, kept, past, ancestry, asked, wentBackAt);
    }
}
