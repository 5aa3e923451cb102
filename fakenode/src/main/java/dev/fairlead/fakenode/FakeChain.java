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
import org.jspecify.annotations.Nullable;

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
    private int skipped;

    private FakeChain(long chainId, InstantSource clock, String salt, History history) {
        this.chainId = chainId;
        this.clock = clock;
        this.salt = salt;
        this.history = history;
        for (int i = 0; i < history.length; i++) {
            @Nullable Block block = history.blocks[i];
            if (block != null) byHash.put(block.hash(), block);
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
        return history.block(0).orElseThrow().hash();
    }

    public Block head() {
        return history.head();
    }

    public Optional<Block> block(long number) {
        return history.block(number);
    }

    /// The block at this height or, where there is none, the nearest below.
    Optional<Block> newest(long number) {
        return history.newest(number);
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

    /// Lets this many heights pass without a block, as Filecoin does: nobody ever has one there, and the next block's
    /// parent is the last one before.
    public synchronized void skip(int heights) {
        skipped += heights;
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
        long number = parent.number() + 1 + skipped;
        skipped = 0;
        return new Block(number, hash(parent.hash() + salt), parent.hash(), timestamp);
    }

    /// A block that nobody mined, for nodes that claim to be ahead of everybody.
    Block imagined(long number) {
        return new Block(number, imaginedHash(number), imaginedHash(number - 1), head().timestamp());
    }

    /// The newest block that both chains have; two chains with different genesis share nothing.
    Optional<Block> newestSharedWith(FakeChain other) {
        for (long n = Math.min(head().number(), other.head().number()); n >= 0; n--) {
            Optional<Block> mine = block(n);
            if (mine.isPresent() && mine.equals(other.block(n))) {
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

    /// The first `length` heights never change, so readers need no lock; appending may share the array. A height
    /// without a block is null.
    private static final class History {
        private final @Nullable Block[] blocks;
        private final int length;

        History(@Nullable Block[] blocks, int length) {
            this.blocks = blocks;
            this.length = length;
        }

        Block head() {
            return newest(length - 1L).orElseThrow();
        }

        Optional<Block> newest(long number) {
            long at = number;
            while (at > 0 && block(at).isEmpty()) at--;
            return block(at);
        }

        Optional<Block> block(long number) {
            return number >= 0 && number < length ? Optional.ofNullable(blocks[(int) number]) : Optional.empty();
        }

        History with(Block next) {
            int at = Math.toIntExact(next.number());
            @Nullable Block[] room = at < blocks.length ? blocks : Arrays.copyOf(blocks, (at + 1) * 2);
            room[at] = next;
            return new History(room, at + 1);
        }
    }
}
