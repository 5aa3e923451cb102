package dev.fairlead.control.store;

import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.SpentDay;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.usage.KeyUse;
import dev.fairlead.core.usage.UntoldUse;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps what was ordered at run time. Once a method has returned, its change survives a crash of the process
/// and of the machine. May be used from any thread; every method may throw [StoreFailure].
public interface Store extends AutoCloseable {
    /// The revision of what is kept now. Cheap, because it is read often to notice another writer with the
    /// same store.
    long revision();

    StoredDeclarations stored();

    /// Carries out all changes and writes the line, or does neither.
    ///
    /// @param basis the declarations that the order was decided on
    /// @return false, and nothing is done, when another writer changed them since
    boolean commit(StoredDeclarations basis, List<StoreChange> changes, AuditLine line);

    /// Writes a line for something that changes nothing in the store, such as a reload.
    void note(AuditLine line);

    /// Lines with a serial below `before`, newest first.
    List<AuditLine> audit(long before, int limit);

    List<NodeMemory> memories();

    void remember(Collection<NodeMemory> news, Collection<NodeId> gone);

    /// What tenants took of their days, from `first` on, by tenant and day.
    ///
    /// @param tenant null for all
    List<DayUse> uses(LocalDate first, @Nullable String tenant);

    /// What the calls of each tenant came to on each day from `first` on, all its keys together, by tenant and day.
    ///
    /// @param tenant null for all
    List<KeyUse> tenantUses(LocalDate first, @Nullable String tenant);

    /// What the calls of each key came to on one day, by tenant and alias; those of keys that were last used on an
    /// earlier day that is kept, to nothing. Without those of callers that bring no key.
    ///
    /// @param tenant null for all
    /// @param after tenant and alias behind which to begin; the tenant, if one is named
    List<KeyUse> keyUses(LocalDate day, @Nullable String tenant, KeyPlace after, int limit);

    /// @param days what tenants have taken by now, as far as one gateway knows; where more is kept, that stays
    /// @param news what came to it since, to be added
    void rememberUses(Collection<DayUse> days, Collection<KeyUse> news);

    /// Adds what one gateway took of days to what is kept, all or nothing.
    ///
    /// @return for each what all gateways together took
    List<Long> addUses(List<UntoldUse> news);

    /// Forgets what was taken on days before that one.
    void forgetUses(LocalDate before);

    /// What was last remembered of each node that has a plan.
    List<SpentDay> spentDays();

    void rememberSpentDays(Collection<SpentDay> news);

    @Override
    void close();
}
