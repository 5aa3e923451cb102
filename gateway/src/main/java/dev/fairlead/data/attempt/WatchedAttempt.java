package dev.fairlead.data.attempt;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.Service;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.load.EjectionState;
import dev.fairlead.data.load.FailureWindow;
import dev.fairlead.data.load.NodeTraffic;
import java.time.Duration;

/// A slow attempt, as [SlowAttempts] and [HangWatch] check it now and then.
final class WatchedAttempt {
    /// After so long without a byte from the node, a call counts as hanging, not only as slow.
    static final Duration SILENT = Duration.ofSeconds(1);

    private final SlowAttempt attempt;
    private int index;
    private boolean reportedSilent;
    private boolean hangs;

    /// An attempt as those need it who watch it.
    interface SlowAttempt {
        Call call();

        Method method();

        NodeTraffic node();

        long startedAt();

        boolean isTrial();

        boolean isOver();

        /// Stops waiting for its node.
        void giveUp();

        /// The same, and the call's failure there will be held against the node.
        void giveUp(String cause);

        /// Nothing has come from the node for so long: asks health to look at it.
        void reportSilent(Duration length);
    }

    /// @param index its place among the attempts that are watched
    WatchedAttempt(SlowAttempt attempt, int index) {
        this.attempt = attempt;
        this.index = index;
    }

    int index() {
        return index;
    }

    void index(int moved) {
        index = moved;
    }

    Service service() {
        return attempt.method().service();
    }

    NodeTraffic node() {
        return attempt.node();
    }

    boolean hangs() {
        return hangs;
    }

    /// Checks the node while the call waits for it: if nothing at all has come from it, health is told; if it
    /// turned out to be dead, the wait ends.
    void look(boolean unreachable, long now) {
        if (attempt.isOver()) return;
        if (unreachable || wasEjected() || isLeftHanging(now)) {
            attempt.giveUp();
        } else if (!reportedSilent && isLongerThan(SILENT.toNanos(), now) && !node().spokeSince(attempt.startedAt())) {
            reportedSilent = true;
            attempt.reportSilent(SILENT);
        }
    }

    /// Whether it has waited for long, and its node seems to answer no such calls at the moment.
    ///
    /// @param patience how long counts as long; one second where calls of this kind hung lately
    boolean hangs(long now, long patience) {
        if (attempt.isOver() || attempt.isTrial() || service() == Service.BASIC) return false;
        FailureWindow past = node().failures(service());
        boolean wary = past.level() > 0 || past.isHanging();
        if (!isLongerThan(wary ? Math.min(patience, SILENT.toNanos()) : patience, now)) return false;
        if (!hangs) node().hangs(service());
        hangs = true;
        return true;
    }

    /// Whether the EVM runs it, and it has waited for longer than that.
    boolean runsTooLong(long now, long longest) {
        return service() == Service.EXECUTION && isLongerThan(longest, now);
    }

    /// Whether another node may be asked although this one may be at work on the call. Once for each call;
    /// otherwise no node would get enough time.
    boolean mayMove() {
        return attempt.method().repeatable() && attempt.call().attemptsAtWorkingNodes() <= 1;
    }

    /// Stops waiting for its node: the call goes on to another one.
    void letAnotherTry() {
        if (!attempt.isOver()) attempt.giveUp("a call hung");
    }

    private boolean isLongerThan(long length, long now) {
        return now - attempt.startedAt() > length;
    }

    private boolean isLeftHanging(long now) {
        return hangs && attempt.method().repeatable() && node().fails(service(), now);
    }

    private boolean wasEjected() {
        return !attempt.isTrial()
                && node().ejection() instanceof EjectionState.Out out
                && out.at() - attempt.startedAt() > 0;
    }
}
