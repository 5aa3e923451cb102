package dev.fairlead.fakenode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A simulated chain that any number of [FakeNode]s may watch. It starts with genesis as block 0.
///
/// Hashes follow from chain id, number and fork salts alone, so two chains made alike share all their hashes, also
/// across processes. Thread-safe; readers never wait.
public final class FakeChain {
    private static final String NO_PARENT = "0x" + "0".repeat(64);

    private final long chainId;
    private final InstantSource clock;
    private final String salt;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final Map<String, Block> byHash = new ConcurrentHashMap<>();
    private volatile History history;

    private FakeChain(long chainId, InstantSource clock, String salt, History history) {
        this.chainId = chainId;
        this.clock = clock;
        this.salt = salt;
        this.history = history;
        for (int i = 0; i < history.length; i++) {
            byHash.put(history.blocks[i].hash(), history.blocks[i]);
        }
    }

    /// A chain of nothing but genesis, on the system's clock.
    public static FakeChain of(long chainId) {
        return of(chainId, InstantSource.system());
    }

    /// A chain of nothing but genesis; `clock` gives every block its timestamp when it is mined.
    public static FakeChain of(long chainId, InstantSource clock) {
        var genesis = new Block(0, hash("genesis/" + chainId), NO_PARENT, clock.instant());
        return new FakeChain(chainId, clock, "", new History(new Block[] {genesis}, 1));
    }

    /// A chain that shares all blocks below `atNumber` with this one and differs from there on. Its head is
    /// `atNumber - 1` until it is mined further. Equal salts make equal forks.
    public FakeChain fork(long atNumber, String salt) {
        History now = history;
        if (atNumber < 1 || atNumber > now.length) {
            throw new IllegalArgumentException(
                    "expected a fork between 1 and %d, found %d; mine the chain up to there first"
                            .formatted(now.length, atNumber));
        }
        int shared = Math.toIntExact(atNumber);
        return new FakeChain(
                chainId, clock, this.salt + "/" + salt, new History(Arrays.copyOf(now.blocks, shared), shared));
    }

    public long chainId() {
        return chainId;
    }

    public String genesisHash() {
        return history.blocks[0].hash();
    }

    public Block head() {
        return history.head();
    }

    public Optional<Block> block(long number) {
        return history.block(number);
    }

    public Optional<Block> block(String hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    /// Adds one block, stamped by the clock, and returns it.
    public Block mine() {
        return mine(1);
    }

    /// Adds `blocks` blocks, all stamped with the clock's present instant, and returns the new head.
    public Block mine(int blocks) {
        return mine(blocks, clock.instant());
    }

    /// Adds one block with this timestamp, and returns it.
    public Block mine(Instant timestamp) {
        return mine(1, timestamp);
    }

    private synchronized Block mine(int blocks, Instant timestamp) {
        for (int i = 0; i < blocks; i++) {
            Block next = childOf(history.head(), timestamp);
            byHash.put(next.hash(), next);
            history = history.with(next);
        }
        watchers.forEach(Runnable::run);
        return history.head();
    }

    private Block childOf(Block parent, Instant timestamp) {
        return new Block(parent.number() + 1, hash(parent.hash() + salt), parent.hash(), timestamp);
    }

    /// A block that nobody mined, for nodes that claim to be ahead of everybody.
    Block imagined(long number) {
        return new Block(number, imaginedHash(number), imaginedHash(number - 1), head().timestamp());
    }

    /// The newest block that both chains have; two chains with different genesis share nothing.
    Optional<Block> newestSharedWith(FakeChain other) {
        for (long n = Math.min(head().number(), other.head().number()); n >= 0; n--) {
            Optional<Block> mine = block(n);
            if (mine.equals(other.block(n))) {
                return mine;
            }
        }
        return Optional.empty();
    }

    /// `watcher` runs on the miner's thread after each mining, in order; it must be quick.
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    private static String imaginedHash(long number) {
        return hash("imagined/" + number);
    }

    private static String hash(String seed) {
        return Hex.data(Keccak.hash(seed.getBytes(StandardCharsets.UTF_8)));
    }

    /// The first `length` blocks never change, so readers need no lock; appending may share the array.
    private static final class History {
        private final Block[] blocks;
        private final int length;

        History(Block[] blocks, int length) {
            this.blocks = blocks;
            this.length = length;
        }

        Block head() {
            return blocks[length - 1];
        }

        Optional<Block> block(long number) {
            return number >= 0 && number < length ? Optional.of(blocks[(int) number]) : Optional.empty();
        }

        History with(Block next) {
            Block[] room = length < blocks.length ? blocks : Arrays.copyOf(blocks, length * 2);
            room[length] = next;
            return new History(room, length + 1);
        }
    }
}
