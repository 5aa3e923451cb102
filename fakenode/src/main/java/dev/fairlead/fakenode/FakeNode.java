package dev.fairlead.fakenode;

import io.netty.util.AttributeKey;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// A scriptable Ethereum node on 127.0.0.1, HTTP and WebSocket on one port. It watches a [FakeChain] with a view of
/// its own, misbehaves on request, and remembers what it was asked. Everything may be changed at any time from any
/// thread; a change holds for the calls received after it.
public final class FakeNode implements AutoCloseable {
    static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

    /// Set on channels that became WebSockets.
    static final AttributeKey<Boolean> SOCKET = AttributeKey.valueOf("dev.fairlead.fakenode.socket");

    private final Sight sight;
    private final Persona persona;
    private final Mempool mempool = new Mempool();
    private final Script script = new Script();
    private final Calls calls = new Calls();
    private final Subscriptions subscriptions = new Subscriptions();
    private final Announcer announcer;
    private final Listener listener;
    private final Runnable look;

    private FakeNode(FakeChain chain, int port, int threads) {
        sight = new Sight(chain);
        persona = new Persona(chain.chainId());
        announcer = new Announcer(sight, header -> subscriptions.push("newHeads", header));
        look = announcer::look;
        var ethereum = new Ethereum(
                sight, persona, mempool, hash -> subscriptions.push("newPendingTransactions", '"' + hash + '"'));
        var talk = new Talk(script, calls);
        listener = new Listener(port, threads, () -> new HttpTalk(talk, ethereum, subscriptions));
    }

    /// Starts on any free port.
    public static FakeNode start(FakeChain chain) {
        return start(chain, 0);
    }

    /// Starts on this port, 0 meaning any.
    public static FakeNode start(FakeChain chain, int port) {
        return start(chain, port, 1);
    }

    /// Starts with this many event loop threads; one is plenty except for load.
    public static FakeNode start(FakeChain chain, int port, int threads) {
        var node = new FakeNode(chain, port, threads);
        node.listener.open();
        chain.watch(node.look);
        return node;
    }

    public int port() {
        return listener.port();
    }

    public URI httpUrl() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public URI wsUrl() {
        return URI.create("ws://127.0.0.1:" + port());
    }

    // What the node sees and says of itself.

    /// Its head is this many blocks behind the chain's, and moves with it.
    public void lagBehind(long blocks) {
        see(new View.Behind(blocks));
    }

    /// Its head stays at this block, however far the chain goes.
    public void freezeAt(long number) {
        see(new View.FrozenAt(number));
    }

    /// Sees the whole chain again.
    public void follow() {
        see(View.full());
    }

    /// Claims this head and stays with it. Blocks above the chain's head are made up, with hashes of no chain.
    public void reportsHead(long number) {
        see(new View.Claiming(number));
    }

    private void see(View view) {
        sight.see(view);
        announcer.look();
    }

    /// Watches another chain from now on, usually a fork; subscribers hear the new blocks since the branching.
    public void follows(FakeChain other) {
        sight.chain().unwatch(look);
        announcer.turnTo(other);
        other.watch(look);
    }

    /// The number of the head that it reports now.
    public long headNumber() {
        return sight.head().number();
    }

    /// Claims this chain id, whatever its chain's.
    public void chainId(long claimed) {
        persona.chainId = claimed;
    }

    /// eth_syncing answers with an object; the head is not affected.
    public void syncing(long current, long highest) {
        persona.syncing = "{\"startingBlock\":\"0x0\",\"currentBlock\":\"%s\",\"highestBlock\":\"%s\"}"
                .formatted(Hex.quantity(current), Hex.quantity(highest));
    }

    /// eth_syncing answers false.
    public void synced() {
        persona.syncing = "false";
    }

    public void peers(int count) {
        persona.peers = count;
    }

    public void clientVersion(String version) {
        persona.clientVersion = version;
    }

    // How it behaves. The strongest rule wins: next, then on, then sometimes, then always.

    /// Every call to this method.
    public void on(String method, Behaviour behaviour) {
        script.on(method, behaviour);
    }

    /// Every call to any method.
    public void always(Behaviour behaviour) {
        script.always(behaviour);
    }

    /// The next calls to any method; each call of a batch counts.
    public void next(int calls, Behaviour behaviour) {
        script.next(calls, "", behaviour);
    }

    /// The next calls to this method.
    public void next(int calls, String method, Behaviour behaviour) {
        script.next(calls, method, behaviour);
    }

    /// Each call with this probability, 0 to 1; equal seeds choose alike.
    public void sometimes(double probability, long seed, Behaviour behaviour) {
        script.sometimes(probability, seed, behaviour);
    }

    /// Forgets all behaviours.
    public void normal() {
        script.normal();
    }

    /// Forgets the behaviour that was set for this method by [#on].
    public void normal(String method) {
        script.normal(method);
    }

    // What it was asked.

    /// The newest 10,000 calls received while recording, oldest first.
    public List<Received> calls() {
        return calls.all();
    }

    public List<Received> callsOf(String method) {
        return calls.of(method);
    }

    /// How many calls this method got, also while not recording.
    public long count(String method) {
        return calls.count(method);
    }

    /// How many calls there were of all methods, also while not recording.
    public long count() {
        return calls.total();
    }

    /// Waits until this many calls of the method are recorded and returns them; an [AssertionError] if it takes longer.
    public List<Received> awaitCalls(String method, int atLeast, Duration atMost) throws InterruptedException {
        return calls.await(method, atLeast, atMost);
    }

    /// Forgets the recorded calls and sets all counters to zero.
    public void forgetCalls() {
        calls.forget();
    }

    /// Recording costs memory and a lock; counters stay when it is off.
    public void recording(boolean on) {
        calls.recording(on);
    }

    /// The raw transactions it accepted, in order, without repetitions.
    public List<String> transactions() {
        return mempool.all();
    }

    // Connections and subscriptions.

    /// Connections open now, WebSockets included.
    public int connections() {
        return listener.connections();
    }

    /// WebSockets open now.
    public int sockets() {
        return listener.sockets();
    }

    /// Connections accepted since the start.
    public long connectionsAccepted() {
        return listener.accepted();
    }

    /// Subscriptions open now.
    public int subscriptions() {
        return subscriptions.count();
    }

    /// Sends any result to all subscriptions of a kind, for example `logs`.
    public void push(String kind, String rawResult) {
        subscriptions.push(kind, rawResult);
    }

    /// Goes on answering, but announces no heads any more.
    public void muteHeads() {
        announcer.mute(true);
    }

    /// Announces new heads again; what was missed stays missed.
    public void unmuteHeads() {
        announcer.mute(false);
    }

    /// Closes all WebSockets without a close frame.
    public void dropSockets() {
        listener.dropSockets();
    }

    /// Stops listening and resets all connections. The port stays reserved for [#revive].
    public void crash() {
        listener.crash();
    }

    /// Listens on the same port again, with everything else as it was. Does nothing unless crashed.
    public void revive() {
        listener.revive();
    }

    @Override
    public void close() {
        sight.chain().unwatch(look);
        listener.close();
    }
}
