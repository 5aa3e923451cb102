package dev.fairlead.control.store;

/// The tests' own store keeps what any store promises.
class MemoryStoreTest extends StoreContract {
    private final MemoryStore.Kept kept = new MemoryStore.Kept();

    @Override
    protected Store open() {
        return new MemoryStore(kept);
    }
}
