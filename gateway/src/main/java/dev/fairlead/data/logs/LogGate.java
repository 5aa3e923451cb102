package dev.fairlead.data.logs;

import dev.fairlead.core.eth.BlockRef.Tag;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.logs.BlockSpan;
import dev.fairlead.core.logs.ChainHeights;
import dev.fairlead.core.logs.ChainHeights.Height;
import dev.fairlead.core.logs.LogCap;
import dev.fairlead.core.logs.LogDecision;
import dev.fairlead.core.logs.LogMethod;
import dev.fairlead.core.logs.LogQuery;
import dev.fairlead.core.logs.LogRules;
import dev.fairlead.core.logs.LogRules.Rule;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.CallWorkers;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Stage;
import dev.fairlead.data.load.Traffic;
import dev.fairlead.data.shown.HeadFloor;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Lets a query for logs through when it asks for no more than its caller may, and its answer when there is no
/// more in it. One for each event loop.
public final class LogGate implements Stage {
    private static final String NETHERMIND = "nethermind";

    private final Board<AccessPolicy> policy;
    private final Board<Fleet> fleet;
    private final Traffic traffic;
    private final CallWorkers workers;
    private final Events events;
    private final ResultGate results;

    /// @param workers read what is large
    /// @param direct for answers that are held until they are counted
    public LogGate(
            Board<AccessPolicy> policy,
            Board<Fleet> fleet,
            Traffic traffic,
            CallWorkers workers,
            MemoryShare direct,
            Events events) {
        this.policy = policy;
        this.fleet = fleet;
        this.traffic = traffic;
        this.workers = workers;
        this.events = events;
        this.results = new ResultGate(direct, events);
    }

    @Override
    public void take(Call call, Next onward, Consumer<Answer> back) {
        AccessPolicy now = policy.now();
        LogMethod method = now.capsLogs() ? LogMethod.of(call.method().name()) : LogMethod.NOT_OF_LOGS;
        LogRules rules = method == LogMethod.NOT_OF_LOGS ? LogRules.NONE : now.logs(call.tenant(), call.chain());
        if (rules.isNone()) {
            onward.take(call, back);
            return;
        }
        Slice params = call.request().params();
        if (CallWorkers.isSmall(call)) {
            judge(new Asked(call, method, LogQuery.read(method, params), rules, onward, back));
        } else {
            workers.work(
                    call,
                    () -> LogQuery.read(method, params),
                    query -> judge(new Asked(call, method, query, rules, onward, back)),
                    back);
        }
    }

    private void judge(Asked asked) {
        ChainHeights heights = heights(asked.call().chain());
        obey(LogDecision.of(asked.method(), asked.query(), asked.rules(), heights), asked, heights);
    }

    /// What is answered to a query that asks for too much by what is known without asking a node; null where
    /// nothing is known to be too much.
    public static @Nullable Refused refusal(LogRules rules, Request request, ChainState chain, HeadFloor floor) {
        LogMethod method = LogMethod.of(request.method());
        if (method == LogMethod.NOT_OF_LOGS || rules.isNone()) return null;
        LogQuery query = LogQuery.read(method, request.params());
        return switch (LogDecision.of(method, query, rules, heights(chain, floor))) {
            case LogDecision.Allowed _, LogDecision.NotKnown _ -> null;
            case LogDecision.Unclear(var why) -> LogRefusals.unclear(why);
            case LogDecision.TooManyNamed(var rule, var named) -> LogRefusals.tooManyNamed(rule, named);
            case LogDecision.TooManyBlocks(var rule, var all, var possible) ->
                LogRefusals.tooManyBlocks(rule.most(), all, possible);
        };
    }

    private record Asked(
            Call call, LogMethod method, LogQuery query, LogRules rules, Next onward, Consumer<Answer> back) {}

    private void obey(LogDecision decision, Asked asked, ChainHeights heights) {
        switch (decision) {
            case LogDecision.Allowed(var span) -> allow(asked, span);
            case LogDecision.Unclear(var why) -> asked.back().accept(LogRefusals.unclear(why));
            case LogDecision.TooManyNamed(var rule, var named) ->
                refuse(asked, rule, LogRefusals.tooManyNamed(rule, named));
            case LogDecision.TooManyBlocks(var rule, var all, var possible) ->
                refuse(asked, rule, LogRefusals.tooManyBlocks(rule.most(), all, possible));
            case LogDecision.NotKnown(var tag) -> learn(tag, asked, heights);
        }
    }

    private void refuse(Asked asked, Rule rule, Refused refused) {
        events.limited(rule.key(), asked.call().tenant().name());
        asked.back().accept(refused);
    }

    /// Asks the nodes which block the tag means.
    private void learn(Tag tag, Asked asked, ChainHeights heights) {
        LongConsumer told = number -> {
            ChainHeights known = heights.with(tag, number);
            obey(LogDecision.of(asked.method(), asked.query(), asked.rules(), known), asked, known);
        };
        new TagQuestion(asked.call(), tag).ask(asked.onward(), told, asked.back());
    }

    private void allow(Asked asked, BlockSpan span) {
        Rule most = asked.method().hasResults() ? asked.rules().rule(LogCap.RESULTS) : null;
        Call call = asked.call();
        Consumer<Answer> back = asked.back();
        if (most == null) asked.onward().take(call, back);
        else asked.onward().take(call, answer -> results.take(call, answer, most, span, back));
    }

    private ChainHeights heights(String chain) {
        ChainState state = fleet.now().chain(chain);
        if (state == null) return ChainHeights.UNKNOWN;
        return heights(state, traffic.chain(chain).floor());
    }

    private static ChainHeights heights(ChainState state, HeadFloor floor) {
        Head head = state.head();
        return new ChainHeights(
                Math.max(head == null ? -1 : head.number(), floor.number()),
                Height.atLeast(floor.number(Tag.SAFE)),
                Height.atLeast(floor.number(Tag.FINALIZED)),
                state.chain().tolerance().ahead(),
                state.nodes().stream().anyMatch(LogGate::isNethermind));
    }

    /// Nethermind takes a filter without `fromBlock` for one from the first block on.
    private static boolean isNethermind(NodeState node) {
        String client = node.client();
        return client != null && client.toLowerCase(Locale.ROOT).contains(NETHERMIND);
    }
}
