package dev.fairlead.control.probe;

import dev.fairlead.control.probe.AncestryProbe.Heard;
import dev.fairlead.control.probe.AncestryProbe.Shown;
import dev.fairlead.control.probe.SelfReport.Syncing;
import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks one node what it sees. Mostly a probe is one call. The node's identity and what it says of itself are
/// asked more rarely; methods that it does not offer are not called again. Used by one thread.
public final class Prober {
    private static final Duration IDENTITY_GOOD_FOR = Duration.ofSeconds(60);
    private static final Duration HINTS_GOOD_FOR = Duration.ofSeconds(60);
    /// What a node says of itself explains why it is late.
    private static final Duration HINTS_GOOD_FOR_LATE = Duration.ofSeconds(10);

    private static final Duration REST_AFTER_REFUSAL = Duration.ofMinutes(10);
    private static final Duration REST_AFTER_SILENCE = Duration.ofMinutes(1);
    private static final Duration CLIENT_GOOD_FOR = Duration.ofMinutes(10);
    private static final Duration NETWORK_GOOD_FOR = Duration.ofMinutes(10);
    private static final int PENDING_EVERY = 8;
    /// A node whose head fell by more than this may have become another node.
    private static final long FAR = 16;

    private static final Request LATEST = Request.of("eth_getBlockByNumber", "[\"latest\",false]");
    private static final Request PENDING = Request.of("eth_getBlockByNumber", "[\"pending\",false]");
    private static final Request NUMBER = Request.of("eth_blockNumber", "[]");
    private static final Request CHAIN_ID = Request.of("eth_chainId", "[]");
    private static final Request NET_VERSION = Request.of("net_version", "[]");
    private static final Request CLIENT = Request.of("web3_clientVersion", "[]");
    private static final Request SYNCING = Request.of("eth_syncing", "[]");
    private static final Request PEERS = Request.of("net_peerCount", "[]");

    private final NodeQueries nodeQueries;
    private final InstantSource clock;
    private final Duration identityGoodFor;
    private final Duration hintsGoodFor;
    private final Map<Request, Instant> restsUntil = new HashMap<>();
    private @Nullable Identity identity;
    private Instant identifiedAt = Instant.MIN;
    private Instant hintedAt = Instant.MIN;
    private SelfReport selfReport = SelfReport.NONE;
    private long height;
    private long probes;
    private long pendingBefore;

    /// @param share of the usual time after which it asks again; nodes have different shares, so that not all
    /// are asked at once
    public Prober(NodeQueries nodeQueries, InstantSource clock, double share) {
        this.nodeQueries = nodeQueries;
        this.clock = clock;
        this.identityGoodFor = part(IDENTITY_GOOD_FOR, share);
        this.hintsGoodFor = part(HINTS_GOOD_FOR, share);
    }

    private static Duration part(Duration whole, double share) {
        return Duration.ofMillis((long) (whole.toMillis() * share));
    }

    /// Forgets the node's identity: after an outage, or when it moved to another address.
    public void forget() {
        identity = null;
        hintedAt = Instant.MIN;
        restsUntil.clear();
    }

    public Sample probe(Node node, Duration timeout) throws InterruptedException {
        Instant began = clock.instant();
        ProbeAnswer answer = newest(node, timeout);
        if (answer instanceof ProbeAnswer.Unasked) return new Sample.Unasked(clock.instant());
        if (answer instanceof ProbeAnswer.Spent(var cause)) return new Sample.Spent(cause, clock.instant());
        if (answer instanceof ProbeAnswer.Objected(var error, var meaning) && meaning == ErrorMeaning.LOOP)
            return itself(error);
        if (!(answer instanceof ProbeAnswer.Said(var result))) return silent(words(answer));
        Duration latency = Duration.between(began, clock.instant());
        Optional<SeenBlock> block = ProbeReader.block(result).or(() -> numbered(result));
        if (block.isEmpty()) return silent("answers without a newest block");
        long number = block.get().number();
        return BlockNumber.isPossible(number) ? seen(node, block.get(), latency, timeout) : silent(impossible(number));
    }

    private static String impossible(long number) {
        return "its head " + BlockNumber.words(number) + " is higher than any chain can be, expected at most "
                + BlockNumber.words(BlockNumber.HIGHEST);
    }

    private ProbeAnswer newest(Node node, Duration timeout) throws InterruptedException {
        if (rests(LATEST)) return nodeQueries.ask(node, NUMBER, timeout);
        ProbeAnswer answer = nodeQueries.ask(node, LATEST, timeout);
        if (!notOffered(answer)) return answer;
        rest(LATEST, REST_AFTER_REFUSAL);
        return nodeQueries.ask(node, NUMBER, timeout);
    }

    private static Optional<SeenBlock> numbered(Slice result) {
        var number = ProbeReader.height(result);
        return number.isPresent() ? Optional.of(SeenBlock.numbered(number.getAsLong())) : Optional.empty();
    }

    private Sample seen(Node node, SeenBlock block, Duration latency, Duration timeout) throws InterruptedException {
        boolean fell = block.number() < height - FAR;
        height = block.number();
        boolean due = identifiedAt.plus(identityGoodFor).isBefore(clock.instant());
        if (fell) identity = null;
        if (identity == null || due) {
            ProbeAnswer answer = chainId(node, timeout);
            if (answer instanceof ProbeAnswer.Said || notOffered(answer)) identify(node, answer, timeout);
            else if (identity == null && answer instanceof ProbeAnswer.Unasked)
                return new Sample.Unasked(clock.instant());
            else if (identity == null && answer instanceof ProbeAnswer.Spent(var cause))
                return new Sample.Spent(cause, clock.instant());
            else if (identity == null) return silent("eth_chainId: " + words(answer));
        }
        Duration positive = latency.isNegative() ? Duration.ZERO : latency;
        Identity known = identity == null ? Identity.UNKNOWN : identity;
        return new Sample.Seen(block, known, selfReport, positive, clock.instant());
    }

    /// `net_version` stands in where a node is older than `eth_chainId` (EIP-695).
    private ProbeAnswer chainId(Node node, Duration timeout) throws InterruptedException {
        ProbeAnswer answer = nodeQueries.ask(node, CHAIN_ID, timeout);
        return notOffered(answer) ? nodeQueries.ask(node, NET_VERSION, timeout) : answer;
    }

    private void identify(Node node, ProbeAnswer chainId, Duration timeout) throws InterruptedException {
        long id = chainId instanceof ProbeAnswer.Said(var result)
                ? ProbeReader.quantity(result).orElse(0)
                : 0;
        String before = identity == null ? "" : identity.genesis();
        Optional<SeenBlock> genesis = block(node, 0, timeout).block();
        identity = new Identity(id, genesis.map(SeenBlock::hash).orElse(before));
        identifiedAt = clock.instant();
    }

    private Sample itself(RpcError error) {
        forget();
        return new Sample.Itself(OwnListener.namedIn(error.message()).orElse(null), clock.instant());
    }

    public Sample.Silent silent(String cause) {
        forget();
        return new Sample.Silent(OneLine.of(cause), clock.instant());
    }

    /// What the node says of itself, if it is time to ask again. Kept apart from the probe, because some nodes take
    /// very long to count their peers.
    ///
    /// @param late whether the node does not serve, or soon will not
    public Optional<SelfReport> hints(Node node, Duration timeout, boolean late) throws InterruptedException {
        Duration good = late ? HINTS_GOOD_FOR_LATE : hintsGoodFor;
        if (identity == null || hintedAt.plus(good).isAfter(clock.instant())) return Optional.empty();
        Syncing syncing = hint(node, SYNCING, timeout).map(ProbeReader::syncing).orElse(Syncing.UNTOLD);
        long peers = hint(node, PEERS, timeout)
                .map(result -> ProbeReader.quantity(result).orElse(-1))
                .orElse(-1L);
        String client = hint(node, CLIENT, timeout)
                .flatMap(ProbeReader::text)
                .map(OneLine::of)
                .orElse(selfReport.client());
        String network =
                hint(node, NET_VERSION, timeout).flatMap(ProbeReader::text).orElse(selfReport.network());
        if (!rests(CLIENT)) rest(CLIENT, CLIENT_GOOD_FOR);
        if (!rests(NET_VERSION)) rest(NET_VERSION, NETWORK_GOOD_FOR);
        selfReport = new SelfReport(
                syncing, (int) Math.min(peers, Integer.MAX_VALUE), client, network, selfReport.pendingBehind());
        hintedAt = clock.instant();
        return Optional.of(selfReport);
    }

    /// How far the node's pending block is behind its newest, asked with every few probes; absent while
    /// nothing new is known. Many nodes have no pending block, or give their newest one instead; that is no
    /// fault.
    public Optional<SelfReport> pending(Node node, Duration timeout) throws InterruptedException {
        if (identity == null || probes++ % PENDING_EVERY != 0) return Optional.empty();
        long newest = height;
        Optional<Slice> told = hint(node, PENDING, timeout);
        Optional<SeenBlock> block = told.flatMap(ProbeReader::block);
        if (told.isPresent() && block.isEmpty()) rest(PENDING, REST_AFTER_REFUSAL);
        long behind =
                block.map(pending -> Math.max(0, newest - pending.number())).orElse(0L);
        // One good sample among bad ones may be luck: such nodes are often several behind one address.
        long worse = Math.max(behind, pendingBefore);
        pendingBefore = behind;
        if (worse == selfReport.pendingBehind()) return Optional.empty();
        selfReport = selfReport.withPendingBehind(worse);
        return Optional.of(selfReport);
    }

    private Optional<Slice> hint(Node node, Request request, Duration timeout) throws InterruptedException {
        if (rests(request)) return Optional.empty();
        return switch (nodeQueries.ask(node, request, timeout)) {
            case ProbeAnswer.Said(var result) -> Optional.of(result);
            case ProbeAnswer.Unasked _, ProbeAnswer.Spent _ -> Optional.empty();
            case ProbeAnswer.Objected _ -> {
                rest(request, REST_AFTER_REFUSAL);
                yield Optional.empty();
            }
            case ProbeAnswer.Silent _ -> {
                rest(request, REST_AFTER_SILENCE);
                yield Optional.empty();
            }
        };
    }

    private boolean rests(Request request) {
        Instant until = restsUntil.get(request);
        return until != null && until.isAfter(clock.instant());
    }

    private void rest(Request request, Duration length) {
        restsUntil.put(request, clock.instant().plus(length));
    }

    public FollowUpAnswer check(Node node, FollowUp followUp, Duration timeout) throws InterruptedException {
        return switch (followUp) {
            case FollowUp.At at -> blocks(node, at, timeout);
            case FollowUp.Onward onward ->
                new AncestryProbe(at -> block(node, at, timeout), onward, clock.instant()).followUpAnswer();
        };
    }

    /// Heights at which the node no longer answers count as not asked for.
    private FollowUpAnswer blocks(Node node, FollowUp.At asked, Duration timeout) throws InterruptedException {
        var blocks = new ArrayList<SeenBlock>();
        var heard = new ArrayList<Long>();
        AncestryProbe.newest(at -> block(node, at, timeout), asked.height()).ifPresent(blocks::add);
        for (long other : asked.others()) {
            Shown shown = block(node, other, timeout);
            if (shown.heard() == Heard.NOTHING) break;
            heard.add(other);
            shown.block().ifPresent(blocks::add);
        }
        return new FollowUpAnswer(new FollowUp.At(asked.height(), List.copyOf(heard)), List.copyOf(blocks), null);
    }

    private Shown block(Node node, long height, Duration timeout) throws InterruptedException {
        var request = Request.of("eth_getBlockByNumber", "[\"0x" + Long.toHexString(height) + "\",false]");
        return switch (nodeQueries.ask(node, request, timeout)) {
            case ProbeAnswer.Said(var result) -> new Shown(Heard.ANSWER, at(height, result));
            case ProbeAnswer.Objected(var _, var meaning) ->
                new Shown(meaning == ErrorMeaning.HEAD_NOT_THERE ? Heard.ANSWER : Heard.OBJECTION, Optional.empty());
            case ProbeAnswer.Unasked _, ProbeAnswer.Spent _, ProbeAnswer.Silent _ ->
                new Shown(Heard.NOTHING, Optional.empty());
        };
    }

    private static Optional<SeenBlock> at(long height, Slice result) {
        return ProbeReader.block(result).filter(block -> block.number() == height);
    }

    private static boolean notOffered(ProbeAnswer answer) {
        return answer instanceof ProbeAnswer.Objected(var error, var meaning)
                && (meaning == ErrorMeaning.UNSUPPORTED || error.code() == RpcError.METHOD_NOT_FOUND);
    }

    private static String words(ProbeAnswer answer) {
        return switch (answer) {
            case ProbeAnswer.Said(var result) -> result.text();
            case ProbeAnswer.Objected(var error, var _) -> "error %d: %s".formatted(error.code(), error.message());
            case ProbeAnswer.Unasked(var cause) -> cause;
            case ProbeAnswer.Spent(var cause) -> cause;
            case ProbeAnswer.Silent(var cause) -> cause;
        };
    }
}
