package dev.fairlead.control.store;

import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.SpentDay;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.usage.KeyUse;
import dev.fairlead.core.usage.UntoldUse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
        private final List<DayUse> days = new ArrayList<>();
        private final List<KeyUse> keys = new ArrayList<>();
        private SequencedMap<String, SpentDay> spent = new TreeMap<>();
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
    public List<DayUse> uses(LocalDate first, @Nullable String tenant) {
        return inTurn(() -> kept.days.stream()
                .filter(use -> !use.day().isBefore(first) && (tenant == null || tenant.equals(use.tenant())))
                .sorted(Comparator.comparing(DayUse::tenant).thenComparing(DayUse::day))
                .toList());
    }

    @Override
    public List<SpentDay> spentDays() {
        return inTurn(() -> List.copyOf(kept.spent.values()));
    }

    @Override
    public void rememberSpentDays(Collection<SpentDay> news) {
        inTurn(() -> {
            var next = new TreeMap<>(kept.spent);
            for (SpentDay spent : news) next.put(spent.chain() + "/" + Objects.toString(spent.node(), ""), spent);
            long newest = next.values().stream()
                    .mapToLong(spent -> spent.day().toEpochDay())
                    .max()
                    .orElse(0);
            next.values().removeIf(spent -> spent.day().toEpochDay() < newest);
            kept.spent = next;
            return next;
        });
    }

    @Override
    public List<KeyUse> tenantUses(LocalDate first, @Nullable String tenant) {
        return inTurn(() -> added(kept.keys.stream()
                .filter(use -> !use.day().isBefore(first) && (tenant == null || tenant.equals(use.tenant())))
                .map(use -> KeyUse.none(use.tenant(), KeyUse.ALL, use.day()).plus(use))
                .toList()));
    }

    @Override
    public List<KeyUse> keyUses(LocalDate day, @Nullable String tenant, KeyPlace after, int limit) {
        return inTurn(() -> added(kept.keys.stream()
                        .filter(use -> tenant == null || tenant.equals(use.tenant()))
                        .filter(use -> !use.key().equals(KeyUse.ALL))
                        .map(use -> use.day().equals(day) ? use : use.onAnother(day))
                        .filter(use -> new KeyPlace(use.tenant(), use.key()).compareTo(after) > 0)
                        .toList())
                .stream()
                .limit(limit)
                .toList());
    }

    private static List<KeyUse> added(List<KeyUse> uses) {
        var all = new TreeMap<String, KeyUse>();
        for (KeyUse use : uses) {
            all.merge(use.tenant() + " " + use.key() + " " + use.day(), use, KeyUse::plus);
        }
        return List.copyOf(all.values());
    }

    @Override
    public void rememberUses(Collection<DayUse> days, Collection<KeyUse> news) {
        inTurn(() -> {
            for (DayUse use : days) {
                boolean isMore =
                        kept.days.stream().noneMatch(other -> isSameDay(use, other) && other.credits() > use.credits());
                if (!isMore) continue;
                kept.days.removeIf(other -> isSameDay(use, other));
                kept.days.add(use);
            }
            return kept.keys.addAll(news);
        });
    }

    private static boolean isSameDay(DayUse one, DayUse other) {
        return one.tenant().equals(other.tenant()) && one.day().equals(other.day());
    }

    @Override
    public List<Long> addUses(List<UntoldUse> news) {
        inTurn(() -> {
            for (UntoldUse use : news) {
                long total = Math.max(0, Math.max(credits(use), use.known()) + use.taken());
                kept.days.removeIf(day -> isOf(use, day));
                kept.days.add(new DayUse(use.tenant(), use.day(), total));
            }
            return true;
        });
        return news.stream().map(this::credits).toList();
    }

    private long credits(UntoldUse use) {
        return kept.days.stream()
                .filter(day -> isOf(use, day))
                .mapToLong(DayUse::credits)
                .sum();
    }

    private static boolean isOf(UntoldUse use, DayUse day) {
        return day.tenant().equals(use.tenant()) && day.day().equals(use.day());
    }

    @Override
    public void forgetUses(LocalDate before) {
        inTurn(() -> {
            kept.days.removeIf(use -> use.day().isBefore(before));
            return kept.keys.removeIf(use -> use.day().isBefore(before));
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
