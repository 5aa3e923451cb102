package dev.fairlead.control.store;

import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.policy.DayUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/// A store for tests that keeps everything in memory. Stores over the same [Kept] see each other's orders.
public final class MemoryStore implements Store {
    private final Kept kept;
    private volatile boolean closed;

    public MemoryStore() {
        this(new Kept());
    }

    public MemoryStore(Kept kept) {
        this.kept = kept;
    }

    /// What outlives the stores that are opened over it.
    public static final class Kept {
        private StoredDeclarations declarations = StoredDeclarations.nothing(0);
        private final List<AuditLine> audit = new ArrayList<>();
        private SequencedMap<NodeId, NodeMemory> memories = new TreeMap<>();
        private SequencedMap<String, DayUse> uses = new TreeMap<>();
    }

    private interface Work<T> {
        T done();
    }

    private <T> T inTurn(Work<T> work) {
        if (closed) throw new StoreFailure("expected an open store, found one that is closed; open it again");
        synchronized (kept) {
            return work.done();
        }
    }

    @Override
    public long revision() {
        return inTurn(() -> kept.declarations.revision());
    }

    @Override
    public StoredDeclarations stored() {
        return inTurn(() -> kept.declarations);
    }

    @Override
    public boolean commit(StoredDeclarations basis, List<StoreChange> changes, AuditLine line) {
        return inTurn(() -> {
            if (basis.revision() != kept.declarations.revision()) return false;
            kept.declarations = kept.declarations.after(changes);
            write(line);
            return true;
        });
    }

    @Override
    public void note(AuditLine line) {
        inTurn(() -> write(line));
    }

    private boolean write(AuditLine line) {
        return kept.audit.add(line.numbered(kept.audit.size() + 1L));
    }

    @Override
    public List<AuditLine> audit(long before, int limit) {
        return inTurn(() -> kept.audit.reversed().stream()
                .filter(line -> line.serial() < before)
                .limit(limit)
                .toList());
    }

    @Override
    public List<NodeMemory> memories() {
        return inTurn(() -> List.copyOf(kept.memories.values()));
    }

    @Override
    public void remember(Collection<NodeMemory> news, Collection<NodeId> gone) {
        inTurn(() -> {
            var next = new TreeMap<>(kept.memories);
            gone.forEach(next::remove);
            for (NodeMemory memory : news) next.put(memory.node(), memory);
            kept.memories = next;
            return next;
        });
    }

    @Override
    public List<DayUse> uses() {
        return inTurn(() -> List.copyOf(kept.uses.values()));
    }

    @Override
    public void rememberUses(Collection<DayUse> uses) {
        inTurn(() -> {
            var next = new TreeMap<>(kept.uses);
            for (DayUse use : uses) next.put(use.tenant(), use);
            kept.uses = next;
            return next;
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
