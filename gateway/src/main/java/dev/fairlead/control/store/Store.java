package dev.fairlead.control.store;

import dev.fairlead.core.fleet.NodeId;
import java.util.Collection;
import java.util.List;

/// Keeps what was ordered at run time. What a method has acknowledged survives a crash of the process and of the
/// machine. May be used from any thread; every method may throw [StoreFailure].
public interface Store extends AutoCloseable {
    /// The revision of what is kept now: cheap, so that another writer over the same store is noticed.
    long revision();

    StoredDeclarations stored();

    /// Carries out all changes and writes the line, or nothing of it.
    ///
    /// @param basis what the order was decided on
    /// @return false, and nothing is done, when another writer changed it since
    boolean commit(StoredDeclarations basis, List<StoreChange> changes, AuditLine line);

    /// Writes a line for something that changed nothing here, such as a reload.
    void note(AuditLine line);

    /// Lines with a serial below `before`, newest first.
    List<AuditLine> audit(long before, int limit);

    List<NodeMemory> memories();

    void remember(Collection<NodeMemory> news, Collection<NodeId> gone);

    @Override
    void close();
}
