package dev.fairlead.scenario;

import static dev.fairlead.scenario.Anvil.hex;
import static dev.fairlead.scenario.Anvil.request;

import dev.fairlead.support.Await;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/// Several anvils kept as one network. A hidden miner makes the blocks; every follower replays them, transaction by
/// transaction, so that all hashes are equal. Transactions that clients send to any follower reach the miner.
/// A follower can be told to lag, to fork or to lie, and can be killed, hung and revived.
final class AnvilNetwork implements AutoCloseable {
    private static final int KEPT_BLOCKS = 5_000;

    private final Duration blockTime;
    private final Anvil miner;
    private final List<Anvil> followers = new CopyOnWriteArrayList<>();
    private final Map<Anvil, Long> heldBack = new ConcurrentHashMap<>();
    private final Set<Anvil> detached = ConcurrentHashMap.newKeySet();
    private final Set<Long> slips = ConcurrentHashMap.newKeySet();
    private final Set<Anvil> busy = ConcurrentHashMap.newKeySet();
    private final Map<Long, Mined> mined = new ConcurrentHashMap<>();
    private final Map<String, String> pool = new ConcurrentHashMap<>();
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final Thread heart;
    private volatile boolean running = true;

    /// A block as the followers replay it.
    private record Mined(long number, String hash, String timestamp, String baseFee, List<String> transactions) {}

    private AnvilNetwork(Duration blockTime, Anvil miner) {
        this.blockTime = blockTime;
        this.miner = miner;
        this.heart = Thread.ofVirtual().unstarted(this::beat);
    }

    static AnvilNetwork start(int size, Duration blockTime) {
        long genesisTime = System.currentTimeMillis() / 1000 - 600;
        var network = new AnvilNetwork(blockTime, Anvil.start(genesisTime));
        for (int i = 0; i < size; i++) network.followers.add(Anvil.start(genesisTime));
        network.heart.start();
        Await.until(
                "three blocks at every node",
                Duration.ofSeconds(20),
                () -> network.followers.stream().allMatch(node -> node.height() >= 3));
        return network;
    }

    Anvil node(int index) {
        return followers.get(index);
    }

    long height() {
        return miner.height();
    }

    String canonicalHash(long number) {
        Mined block = mined.get(number);
        return block == null ? miner.hashOf(number) : block.hash();
    }

    String balanceAt(String address, long number) {
        Await.until("block " + number + " is mined", Duration.ofSeconds(10), () -> height() >= number);
        return new java.math.BigInteger(
                        miner.call("eth_getBalance", address, hex(number))
                                .asString()
                                .substring(2),
                        16)
                .toString();
    }

    /// Whether a node had another block at this height for some milliseconds, because a client's transaction was
    /// quicker than the replay: the one flaw of this network.
    boolean slippedAt(long number) {
        return slips.contains(number);
    }

    boolean hasTransaction(String hash) {
        return miner.call("eth_getTransactionReceipt", hash).isObject();
    }

    /// The node follows this many blocks behind; 0 catches up.
    void holdBack(Anvil node, long blocks) {
        heldBack.put(node, blocks);
    }

    /// The node hears no more of the network, and keeps to itself until [#attach].
    void detach(Anvil node) {
        detached.add(node);
    }

    /// The node hears of the network again and takes its branch.
    void attach(Anvil node) {
        detached.remove(node);
    }

    /// A killed node starts again, and has the network's state from before it takes part.
    void revive(Anvil node) {
        detach(node);
        Await.until("nobody replays to the node", Duration.ofSeconds(15), () -> !busy.contains(node));
        node.revive();
        node.call("anvil_loadState", miner.call("anvil_dumpState"));
        attach(node);
    }

    @Override
    public void close() {
        running = false;
        try {
            heart.join(Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        followers.forEach(Anvil::close);
        miner.close();
    }

    private void beat() {
        long next = System.nanoTime();
        while (running) {
            if (System.nanoTime() >= next) {
                next = System.nanoTime() + blockTime.toNanos();
                quietly(this::mine);
            }
            for (Anvil node : followers) {
                if (detached.contains(node) || !busy.add(node)) continue;
                Thread.startVirtualThread(() -> follow(node));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /// A node that hangs keeps nobody but itself waiting.
    private void follow(Anvil node) {
        try {
            quietly(() -> gossip(node));
            quietly(() -> catchUp(node));
        } finally {
            busy.remove(node);
        }
    }

    /// Takes what clients sent to `node`.
    private void gossip(Anvil node) {
        learn(node.call("txpool_content"));
    }

    private void learn(JsonNode content) {
        for (JsonNode bySender : content.path("pending")) bySender.forEach(this::learnOne);
    }

    private void learnOne(JsonNode transaction) {
        String hash = transaction.path("hash").asString();
        if (!done.contains(hash)) pool.computeIfAbsent(hash, _ -> RawTransaction.of(transaction));
    }

    private void mine() {
        for (String raw : pool.values()) send(miner, raw);
        miner.call("evm_mine");
        JsonNode block = miner.call("eth_getBlockByNumber", "latest", true);
        var raws = new ArrayList<String>();
        for (JsonNode transaction : block.path("transactions")) {
            String hash = transaction.path("hash").asString();
            done.add(hash);
            String raw = pool.remove(hash);
            raws.add(
                    raw != null
                            ? raw
                            : miner.call("eth_getRawTransactionByHash", hash).asString());
        }
        long number = Long.decode(block.path("number").asString());
        mined.put(
                number,
                new Mined(
                        number,
                        block.path("hash").asString(),
                        block.path("timestamp").asString(),
                        block.path("baseFeePerGas").asString(),
                        raws));
        mined.remove(number - KEPT_BLOCKS);
    }

    private void catchUp(Anvil node) {
        long goal = miner.height() - heldBack.getOrDefault(node, 0L);
        long height = node.height();
        long common = Math.min(height, miner.height());
        while (common > 0 && !node.hashOf(common).equals(canonicalHash(common))) common--;
        if (common < height && goal > common) {
            node.call("anvil_rollback", height - common);
            height = common;
        }
        while (height < goal) replay(node, minedAt(++height));
    }

    private Mined minedAt(long number) {
        Mined block = mined.get(number);
        if (block == null) throw new IllegalStateException("block " + number + " is not kept any more");
        return block;
    }

    /// Mines the same block at `node`. Whatever else clients sent there meanwhile is put aside and given back, and a
    /// block that came out different, because a client was quicker, is taken back.
    private void replay(Anvil node, Mined block) {
        var steps = new ArrayList<Object>();
        steps.add(request("txpool_content"));
        steps.add(request("anvil_dropAllTransactions"));
        for (String raw : block.transactions()) steps.add(request("eth_sendRawTransaction", raw));
        steps.add(request("anvil_setNextBlockBaseFeePerGas", block.baseFee()));
        steps.add(request("evm_mine", Long.decode(block.timestamp())));
        learn(node.calls(steps).getFirst().path("result"));
        if (!node.hashOf(block.number()).equals(block.hash())) {
            slips.add(block.number());
            node.call("eth_getBlockByNumber", hex(block.number()), true)
                    .path("transactions")
                    .forEach(this::learnOne);
            node.call("anvil_rollback", 1);
            throw new IllegalStateException("block " + block.number() + " came out different; once more");
        }
        Set<String> back = new LinkedHashSet<>(pool.values());
        back.removeAll(block.transactions());
        for (String raw : back) send(node, raw);
    }

    private static void send(Anvil node, String raw) {
        try {
            node.call("eth_sendRawTransaction", raw);
        } catch (Anvil.Objection known) {
            // it has it already, or its nonce is used: what matters is in the block
        }
    }

    /// A node that is killed or hung in mid-sentence is what the stories are about.
    private static void quietly(Runnable step) {
        try {
            step.run();
        } catch (UncheckedIOException | IllegalStateException | Anvil.Objection expected) {
            // tried again at the next beat
        }
    }
}
