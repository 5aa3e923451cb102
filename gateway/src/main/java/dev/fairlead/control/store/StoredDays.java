package dev.fairlead.control.store;

import dev.fairlead.core.policy.DayUse;
import java.util.List;

/// How what tenants take of their days comes into the store.
public interface StoredDays {
    /// What they have taken of today, written down or not.
    List<DayUse> now();

    /// Whether the next round is too late.
    boolean isPressing();

    /// What cannot be written now is news still the next time.
    ///
    /// @throws StoreFailure when it cannot be written
    void write();
}
