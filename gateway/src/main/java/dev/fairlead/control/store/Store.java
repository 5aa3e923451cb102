package dev.fairlead.control.store;

import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.policy.DayUse;
import java.util.Collection;
import java.util.List;

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

    /// What was last remembered of each tenant.
    List<DayUse> uses();

    void rememberUses(Collection<DayUse> uses);

    @Override
    void close();
}
