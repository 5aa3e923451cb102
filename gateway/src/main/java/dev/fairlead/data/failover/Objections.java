package dev.fairlead.data.failover;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.reply.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the nodes had against one call: the most telling error, and a summary that names no node and no URL. Nobody
/// sees one change: fields are set only in the copy that the next one starts from.
final class Objections {
    static final Objections NONE = new Objections();

    private Map<ErrorMeaning, Integer> complaints = Map.of();
    private int unreached;
    private int silent;
    private int ranOutOfTime;
    private int sizes;
    private int longAgo;
    /// Whether a node said by an error of JSON-RPC, not by a bare status, that it does not offer the method.
    private boolean saidUnsupported;
    private boolean isOneUnasked;
    /// Nodes that were found to be down while the call waited for them.
    private List<NodeId> down = List.of();
    /// Nodes that will say the same when they are asked again.
    private List<NodeId> decided = List.of();
    private @Nullable RpcError best;
    private @Nullable NodeId bestFrom;
    private int bestWeight = -1;

    private Objections() {}

    private Objections(Objections before) {
        complaints = before.complaints.isEmpty() ? Map.of() : new EnumMap<>(before.complaints);
        unreached = before.unreached;
        silent = before.silent;
        ranOutOfTime = before.ranOutOfTime;
        sizes = before.sizes;
        longAgo = before.longAgo;
        saidUnsupported = before.saidUnsupported;
        isOneUnasked = before.isOneUnasked;
        down = before.down;
        decided = before.decided.isEmpty() ? List.of() : new ArrayList<>(before.decided);
        best = before.best;
        bestFrom = before.bestFrom;
        bestWeight = before.bestWeight;
    }

    /// That node did not answer the call.
    Objections with(NodeId node, Outcome outcome) {
        var next = new Objections(this);
        switch (outcome) {
            case Outcome.Answered _ -> {}
            case Outcome.NotSent _ -> next.unreached++;
            case Outcome.Unanswered _ -> next.silent++;
            case Outcome.Declined declined -> next.add(node, declined);
        }
        return next;
    }

    /// A node that may have been at work on the call had no time left.
    Objections withRanOutOfTime() {
        var next = new Objections(this);
        next.ranOutOfTime++;
        return next;
    }

    /// Health or other calls found that node dead or hanging, while this call waited for it.
    Objections withDown(NodeId node) {
        var next = new Objections(this);
        next.down = Stream.concat(down.stream(), Stream.of(node)).toList();
        return next;
    }

    boolean wasDown(NodeId node) {
        return down.contains(node);
    }

    /// A further node is fit to serve and is not asked: the call has cost enough, or its time is over.
    Objections withUnasked() {
        var next = new Objections(this);
        next.isOneUnasked = true;
        return next;
    }

    /// Whether what these nodes said may not be said of all nodes.
    boolean isOneUnasked() {
        return isOneUnasked;
    }

    /// The same after a pause, in which a missing block may have come.
    Objections paused() {
        if (count(ErrorMeaning.HEAD_NOT_THERE) == longAgo) return this;
        var next = new Objections(this);
        next.longAgo = count(ErrorMeaning.HEAD_NOT_THERE);
        return next;
    }

    boolean has(ErrorMeaning meaning) {
        return count(meaning) > 0;
    }

    /// Nodes that do not offer the method.
    int countLacking() {
        return count(ErrorMeaning.UNSUPPORTED);
    }

    /// Whether a node that serves objected to the call or to its method, so that less fit nodes need not be asked.
    boolean isAboutCallOrMethod() {
        return isAboutCall() || saidUnsupported;
    }

    /// Whether a node objected to the call itself.
    private boolean isAboutCall() {
        return has(ErrorMeaning.CALLERS)
                || has(ErrorMeaning.PRUNED)
                || has(ErrorMeaning.RANGE_CAPPED)
                || has(ErrorMeaning.UNCLEAR)
                || count(ErrorMeaning.HEAD_NOT_THERE) > longAgo;
    }

    /// Whether two nodes objected with texts that are in no list, so that the call is to blame.
    boolean areEnough() {
        return count(ErrorMeaning.UNCLEAR) >= 2;
    }

    /// Whether no node had anything to say about the call, and coming again may help: one was out of reach, silent,
    /// broken or busy, or was not asked.
    ///
    /// @param nodes all that may serve the call, now or later
    boolean isOutage(Collection<NodeId> nodes) {
        if (isTelling()) return false;
        boolean passing = unreached > 0 || silent > 0 || total() > ofNobody();
        return passing || !decided.containsAll(nodes);
    }

    /// Whether every node that was asked is this gateway itself, or leads back to it.
    boolean areOfLoop() {
        return unreached == 0 && silent == 0 && has(ErrorMeaning.LOOP) && count(ErrorMeaning.LOOP) == total();
    }

    /// Whether the call was too much for a node, as far as can be told.
    boolean areOfWork() {
        return ranOutOfTime > 0;
    }

    /// Whether nodes have too much to do, and all others that were asked are of no use anyway.
    boolean areOfLoad() {
        boolean answered = unreached == 0 && silent == 0 && !isTelling();
        return answered && ofLoad() > 0 && ofLoad() + ofNobody() == total();
    }

    /// Whether the best objection says more than that a node limits our rate.
    boolean isTelling() {
        return bestWeight > ObjectionRules.weight(ErrorMeaning.RATE_LIMITED);
    }

    /// Whether a node may serve the call after a rest, and no other node said anything about the call.
    boolean areForRest() {
        return !isAboutCall() && !has(ErrorMeaning.INTERNAL);
    }

    /// Whether nodes found the request itself too large, and said so by HTTP status alone.
    boolean areOfSize() {
        return sizes > 0 && bestWeight < ObjectionRules.weight(ErrorMeaning.RANGE_CAPPED);
    }

    @Nullable
    RpcError best() {
        return best;
    }

    /// The node that made the best objection.
    @Nullable
    NodeId bestFrom() {
        return bestFrom;
    }

    String summary() {
        var text = new StringBuilder();
        if (unreached > 0) append(text, unreached, "could not be reached");
        if (silent > 0) append(text, silent, "gave no answer");
        for (ErrorMeaning meaning : ErrorMeaning.values()) {
            if (count(meaning) > 0) append(text, count(meaning), words(meaning));
        }
        return text.isEmpty() ? "no attempt was made" : "of the attempts " + text;
    }

    private void add(NodeId node, Outcome.Declined declined) {
        if (complaints.isEmpty()) complaints = new EnumMap<>(ErrorMeaning.class);
        complaints.merge(declined.meaning(), 1, Integer::sum);
        RpcError error = declined.error();
        if (ObjectionRules.isFinal(declined.meaning())) addDecided(node);
        saidUnsupported |= error != null && declined.meaning() == ErrorMeaning.UNSUPPORTED;
        int weight = ObjectionRules.weight(declined.meaning());
        if (error == null && declined.meaning() == ErrorMeaning.RANGE_CAPPED) sizes++;
        if (error == null || weight <= bestWeight || ObjectionRules.isOfGateway(declined)) return;
        best = error;
        bestFrom = node;
        bestWeight = weight;
    }

    private int count(ErrorMeaning meaning) {
        return complaints.isEmpty() ? 0 : complaints.getOrDefault(meaning, 0);
    }

    private int ofLoad() {
        return count(ErrorMeaning.RATE_LIMITED) + count(ErrorMeaning.OVERLOADED);
    }

    /// How many nodes can serve nobody: they refuse our key, speak no JSON-RPC, or are the gateway itself.
    private int ofNobody() {
        return count(ErrorMeaning.UNAUTHORIZED) + count(ErrorMeaning.UNSUPPORTED) + count(ErrorMeaning.LOOP);
    }

    private void addDecided(NodeId node) {
        if (decided.isEmpty()) decided = new ArrayList<>(2);
        decided.add(node);
    }

    private int total() {
        int total = 0;
        for (int count : complaints.values()) total += count;
        return total;
    }

    private static void append(StringBuilder text, int count, String what) {
        if (!text.isEmpty()) text.append(", ");
        text.append(count).append(' ').append(what);
    }

    private static String words(ErrorMeaning meaning) {
        return meaning == ErrorMeaning.LOOP
                ? "led back to this gateway"
                : "declined: " + meaning.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
