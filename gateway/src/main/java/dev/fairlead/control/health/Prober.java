package dev.fairlead.control.health;

import dev.fairlead.control.health.Hints.Syncing;
import dev.fairlead.control.health.Lineage.Heard;
import dev.fairlead.control.health.Lineage.Shown;
import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks one node what it sees. In the steady state a probe is one call; who the node is and what it says of itself is
/// asked more rarely, and what it does not offer is left alone. Used by one thread.
final class Prober {
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

    private final Asks asks;
    private final InstantSource clock;
    private final Duration identityGoodFor;
    private final Duration hintsGoodFor;
    private final Map<Request, Instant> restsUntil = new HashMap<>();
    private @Nullable Identity identity;
    private Instant identifiedAt = Instant.MIN;
    private Instant hintedAt = Instant.MIN;
    private Hints hints = Hints.NONE;
    private long height;
    private long probes;
    private long pendingBefore;

    /// @param share of the usual time after which it asks anew; where nodes differ in it, they do not all do so at once
    Prober(Asks asks, InstantSource clock, double share) {
        this.asks = asks;
        this.clock = clock;
        this.identityGoodFor = part(IDENTITY_GOOD_FOR, share);
        this.hintsGoodFor = part(HINTS_GOOD_FOR, share);
    }

    private static Duration part(Duration whole, double share) {
        return Duration.ofMillis((long) (whole.toMillis() * share));
    }

    /// Forgets who the node was: after an outage, or when it moved to another address.
    void forget() {
        identity = null;
        hintedAt = Instant.MIN;
        restsUntil.clear();
    }

    Sample probe(Node node, Duration timeout) throws InterruptedException {
        Instant began = clock.instant();
        Told told = newest(node, timeout);
        if (told instanceof Told.Unasked) return new Sample.Unasked(clock.instant());
        if (told instanceof Told.Objected(var error, var complaint) && complaint == Complaint.LOOP)
            return itself(error);
        if (!(told instanceof Told.Said(var result))) return silent(words(told));
        Duration latency = Duration.between(began, clock.instant());
        Optional<Block> block = Reading.block(result).or(() -> numbered(result));
        if (block.isEmpty()) return silent("answers without a newest block");
        long number = block.get().number();
        return BlockNumber.isPossible(number) ? seen(node, block.get(), latency, timeout) : silent(impossible(number));
    }

    private static String impossible(long number) {
        return "its head " + BlockNumber.words(number) + " is higher than any chain can be, expected at most "
                + BlockNumber.words(BlockNumber.HIGHEST);
    }

    private Told newest(Node node, Duration timeout) throws InterruptedException {
        if (rests(LATEST)) return asks.ask(node, NUMBER, timeout);
        Told told = asks.ask(node, LATEST, timeout);
        if (!notOffered(told)) return told;
        rest(LATEST, REST_AFTER_REFUSAL);
        return asks.ask(node, NUMBER, timeout);
    }

    private static Optional<Block> numbered(Slice result) {
        var number = Reading.height(result);
        return number.isPresent() ? Optional.of(Block.numbered(number.getAsLong())) : Optional.empty();
    }

    private Sample seen(Node node, Block block, Duration latency, Duration timeout) throws InterruptedException {
        boolean fell = block.number() < height - FAR;
        height = block.number();
        boolean due = identifiedAt.plus(identityGoodFor).isBefore(clock.instant());
        if (fell) identity = null;
        if (identity == null || due) {
            Told told = chainId(node, timeout);
            if (told instanceof Told.Said || notOffered(told)) identify(node, told, timeout);
            else if (identity == null && told instanceof Told.Unasked) return new Sample.Unasked(clock.instant());
            else if (identity == null) return silent("eth_chainId: " + words(told));
        }
        Duration positive = latency.isNegative() ? Duration.ZERO : latency;
        Identity known = identity == null ? Identity.UNKNOWN : identity;
        return new Sample.Seen(block, known, hints, positive, clock.instant());
    }

    /// `net_version` serves where a node is older than `eth_chainId` (EIP-695).
    private Told chainId(Node node, Duration timeout) throws InterruptedException {
        Told told = asks.ask(node, CHAIN_ID, timeout);
        return notOffered(told) ? asks.ask(node, NET_VERSION, timeout) : told;
    }

    private void identify(Node node, Told chainId, Duration timeout) throws InterruptedException {
        long id = chainId instanceof Told.Said(var result)
                ? Reading.quantity(result).orElse(0)
                : 0;
        String before = identity == null ? "" : identity.genesis();
        Optional<Block> genesis = block(node, 0, timeout).block();
        identity = new Identity(id, genesis.map(Block::hash).orElse(before));
        identifiedAt = clock.instant();
    }

    private Sample itself(RpcError error) {
        forget();
        return new Sample.Itself(OwnListener.namedIn(error.message()).orElse(null), clock.instant());
    }

    Sample.Silent silent(String cause) {
        forget();
        return new Sample.Silent(OneLine.of(cause), clock.instant());
    }

    /// What the node says of itself, if it is time to ask again. Kept apart from the probe, because some nodes take
    /// very long to count their peers.
    ///
    /// @param late whether the node does not serve, or soon will not
    Optional<Hints> hints(Node node, Duration timeout, boolean late) throws InterruptedException {
        Duration good = late ? HINTS_GOOD_FOR_LATE : hintsGoodFor;
        if (identity == null || hintedAt.plus(good).isAfter(clock.instant())) return Optional.empty();
        Syncing syncing = hint(node, SYNCING, timeout).map(Reading::syncing).orElse(Syncing.UNTOLD);
        long peers = hint(node, PEERS, timeout)
                .map(result -> Reading.quantity(result).orElse(-1))
                .orElse(-1L);
        String client = hint(node, CLIENT, timeout)
                .flatMap(Reading::text)
                .map(OneLine::of)
                .orElse(hints.client());
        String network = hint(node, NET_VERSION, timeout).flatMap(Reading::text).orElse(hints.network());
        if (!rests(CLIENT)) rest(CLIENT, CLIENT_GOOD_FOR);
        if (!rests(NET_VERSION)) rest(NET_VERSION, NETWORK_GOOD_FOR);
        hints = new Hints(syncing, (int) Math.min(peers, Integer.MAX_VALUE), client, network, hints.pendingBehind());
        hintedAt = clock.instant();
        return Optional.of(hints);
    }

    /// How far the node's pending block is behind its newest, asked with every few probes; absent while nothing new is
    /// known. Many nodes have no pending block, or give their newest: that is theirs to decide.
    Optional<Hints> pending(Node node, Duration timeout) throws InterruptedException {
        if (identity == null || probes++ % PENDING_EVERY != 0) return Optional.empty();
        long newest = height;
        Optional<Slice> told = hint(node, PENDING, timeout);
        Optional<Block> block = told.flatMap(Reading::block);
        if (told.isPresent() && block.isEmpty()) rest(PENDING, REST_AFTER_REFUSAL);
        long behind =
                block.map(pending -> Math.max(0, newest - pending.number())).orElse(0L);
        // One good sample among bad ones may be luck: such nodes are often several behind one address.
        long worse = Math.max(behind, pendingBefore);
        pendingBefore = behind;
        if (worse == hints.pendingBehind()) return Optional.empty();
        hints = hints.withPendingBehind(worse);
        return Optional.of(hints);
    }

    private Optional<Slice> hint(Node node, Request request, Duration timeout) throws InterruptedException {
        if (rests(request)) return Optional.empty();
        return switch (asks.ask(node, request, timeout)) {
            case Told.Said(var result) -> Optional.of(result);
            case Told.Unasked _ -> Optional.empty();
            case Told.Objected _ -> {
                rest(request, REST_AFTER_REFUSAL);
                yield Optional.empty();
            }
            case Told.Silent _ -> {
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

    Finding check(Node node, Check check, Duration timeout) throws InterruptedException {
        return switch (check) {
            case Check.At(var height) -> {
                var newest = Lineage.newest(at -> block(node, at, timeout), height);
                yield new Finding(check, newest.stream().toList(), null);
            }
            case Check.Onward onward -> new Lineage(at -> block(node, at, timeout), onward, clock.instant()).finding();
        };
    }

    private Shown block(Node node, long height, Duration timeout) throws InterruptedException {
        var request = Request.of("eth_getBlockByNumber", "[\"0x" + Long.toHexString(height) + "\",false]");
        return switch (asks.ask(node, request, timeout)) {
            case Told.Said(var result) -> new Shown(Heard.ANSWER, at(height, result));
            case Told.Objected(var _, var complaint) ->
                new Shown(complaint == Complaint.HEAD_NOT_THERE ? Heard.ANSWER : Heard.OBJECTION, Optional.empty());
            case Told.Unasked _, Told.Silent _ -> new Shown(Heard.NOTHING, Optional.empty());
        };
    }

    private static Optional<Block> at(long height, Slice result) {
        return Reading.block(result).filter(block -> block.number() == height);
    }

    private static boolean notOffered(Told told) {
        return told instanceof Told.Objected(var error, var complaint)
                && (complaint == Complaint.UNSUPPORTED || error.code() == RpcError.METHOD_NOT_FOUND);
    }

    private static String words(Told told) {
        return switch (told) {
            case Told.Said(var result) -> result.text();
            case Told.Objected(var error, var _) -> "error %d: %s".formatted(error.code(), error.message());
            case Told.Unasked(var cause) -> cause;
            case Told.Silent(var cause) -> cause;
        };
    }
}
