package dev.fairlead.control.judge;

import dev.fairlead.control.probe.ProbeAnswer;
import dev.fairlead.control.probe.SeenBlock;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A node in memory that says whatever the test wants. Thread-safe.
public final class ScriptedNode {
    private final Set<String> missing = new HashSet<>();
    private final List<String> asked = new ArrayList<>();
    private BlockLine line;
    private long head;
    private long chainId = 1;
    private @Nullable String network;
    private @Nullable String genesis;
    private String syncing = "false";
    private @Nullable String silence;
    private boolean isSpent;
    private @Nullable RpcError objection;
    private ErrorMeaning complaint = ErrorMeaning.RATE_LIMITED;
    private @Nullable RuntimeException bug;
    private boolean imagined;
    private long shown = -1;
    private boolean objectsToSkipped;
    private boolean oddParents;
    private @Nullable Long pending;
    private @Nullable String lack;
    private Function<Request, @Nullable String> lie = _ -> null;

    public ScriptedNode(BlockLine line, long head) {
        this.line = line;
        this.head = head;
    }

    public synchronized ScriptedNode at(long height) {
        head = height;
        imagined = false;
        return this;
    }

    public synchronized ScriptedNode on(BlockLine other) {
        line = other;
        return this;
    }

    /// Claims a head that it cannot show any blocks for.
    public synchronized ScriptedNode claims(long height) {
        head = height;
        imagined = true;
        return this;
    }

    /// Shows real blocks up to this height, whatever it claims.
    public synchronized ScriptedNode shows(long height) {
        shown = height;
        return this;
    }

    /// Its chain has no block at this height: the next one's parent is the one before.
    public synchronized ScriptedNode skips(long height) {
        line = line.without(height);
        return this;
    }

    /// Answers an error, and not `null`, for a height without a block.
    public synchronized ScriptedNode objectsToSkipped() {
        objectsToSkipped = true;
        return this;
    }

    /// Its blocks' parent hashes are of another kind than its blocks' hashes.
    public synchronized ScriptedNode oddParents() {
        oddParents = true;
        return this;
    }

    public synchronized BlockLine line() {
        return line;
    }

    /// Its pending block is this one; a negative number is none at all.
    synchronized ScriptedNode pending(long height) {
        pending = height;
        return this;
    }

    /// It cannot be asked, for a lack of the gateway's own.
    synchronized ScriptedNode unasked(String cause) {
        lack = cause;
        return this;
    }

    /// Says this, where it is anything, whatever else was said of it.
    synchronized ScriptedNode lies(Function<Request, @Nullable String> words) {
        lie = words;
        return this;
    }

    public synchronized ScriptedNode chainId(long id) {
        chainId = id;
        return this;
    }

    /// What `net_version` says, where it is not the chain id.
    synchronized ScriptedNode network(String id) {
        network = id;
        return this;
    }

    synchronized ScriptedNode genesis(String hash) {
        genesis = hash;
        return this;
    }

    public synchronized ScriptedNode syncing() {
        syncing = "{\"currentBlock\":\"0x1\",\"highestBlock\":\"0x2\"}";
        return this;
    }

    public synchronized ScriptedNode without(String... methods) {
        missing.addAll(List.of(methods));
        return this;
    }

    public synchronized ScriptedNode silent(String cause) {
        silence = cause;
        return this;
    }

    /// Its plan is used up.
    public synchronized ScriptedNode spent() {
        isSpent = true;
        return this;
    }

    public synchronized ScriptedNode objects(RpcError error) {
        return objects(error, ErrorMeaning.RATE_LIMITED);
    }

    public synchronized ScriptedNode objects(RpcError error, ErrorMeaning meaning) {
        objection = error;
        complaint = meaning;
        return this;
    }

    public synchronized ScriptedNode breaks(RuntimeException cause) {
        bug = cause;
        return this;
    }

    public synchronized ScriptedNode speaks() {
        silence = null;
        isSpent = false;
        lack = null;
        objection = null;
        bug = null;
        return this;
    }

    synchronized long head() {
        return head;
    }

    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    public synchronized long asked(String method) {
        return asked.stream().filter(method::equals).count();
    }

    public synchronized void forget() {
        asked.clear();
    }

    public synchronized ProbeAnswer answer(Request request) {
        asked.add(request.method());
        if (bug != null) throw bug;
        String lied = lie.apply(request);
        if (lied != null) return new ProbeAnswer.Said(Slice.of(lied));
        if (lack != null) return new ProbeAnswer.Unasked(lack);
        if (isSpent) return new ProbeAnswer.Spent("has had all that its plan allows today");
        if (silence != null) return new ProbeAnswer.Silent(silence);
        if (objection != null) return new ProbeAnswer.Objected(objection, complaint);
        if (missing.contains(request.method())) {
            var error = new RpcError(RpcError.METHOD_NOT_FOUND, "the method does not exist");
            return new ProbeAnswer.Objected(error, ErrorMeaning.UNSUPPORTED);
        }
        if (objectsToSkipped && request.method().equals("eth_getBlockByNumber") && isSkipped(request)) {
            return new ProbeAnswer.Objected(new RpcError(12, "requested epoch was a null round"), ErrorMeaning.CALLERS);
        }
        return new ProbeAnswer.Said(Slice.of(
                switch (request.method()) {
                    case "eth_getBlockByNumber" -> block(request.params().text());
                    case "eth_blockNumber" -> quoted(head);
                    case "eth_chainId" -> quoted(chainId);
                    case "net_version" -> "\"" + (network == null ? chainId : network) + "\"";
                    case "eth_syncing" -> syncing;
                    case "net_peerCount" -> "\"0x7\"";
                    case "web3_clientVersion" -> "\"Scripted/v1\"";
                    default -> throw new IllegalArgumentException("not expected of a probe: " + request.method());
                }));
    }

    private boolean isSkipped(Request request) {
        String wanted = request.params().text().split("\"", 3)[1];
        return wanted.startsWith("0x") && line.isSkipped(Long.parseLong(wanted.substring(2), 16));
    }

    private String block(String params) {
        String wanted = params.split("\"", 3)[1];
        boolean latest = wanted.equals("latest");
        if (wanted.equals("pending")) return pending();
        long number = latest ? head : Long.parseLong(wanted.substring(2), 16);
        if (number > head || line.isSkipped(number)) return "null";
        SeenBlock real = line.block(number);
        if (oddParents)
            real = new SeenBlock(number, real.hash(), "0xdd" + real.hash().substring(4), real.timestamp());
        if (number == 0 && genesis != null) return json(new SeenBlock(0, genesis, real.parentHash(), real.timestamp()));
        if (!latest) return imagined && number > shown ? "null" : json(real);
        if (!imagined) return json(real);
        return json(new SeenBlock(number, "0xf" + real.hash().substring(3), "0xe" + "0".repeat(63), real.timestamp()));
    }

    private String pending() {
        long number = pending == null ? head + 1 : pending;
        return number < 0 ? "null" : "{\"number\":" + quoted(number) + ",\"hash\":null}";
    }

    private static String quoted(long number) {
        return "\"0x" + Long.toHexString(number) + "\"";
    }

    public static String json(SeenBlock block) {
        long seconds = block.timestamp() == null ? 0 : block.timestamp().getEpochSecond();
        return "{\"difficulty\":\"0x0\",\"uncles\":[],\"number\":%s,\"hash\":\"%s\",\"parentHash\":\"%s\",\"timestamp\":%s}"
                .formatted(quoted(block.number()), block.hash(), block.parentHash(), quoted(seconds));
    }
}
