package dev.fairlead.config;

/// What has keys of its own, each of which says for itself what it means, whether it is secret and what its default is:
/// one table, or tables of one kind.
public sealed interface TableType<T> extends ValueType<T> permits Table, Tables, TableList {
    /// As it stands above the keys in a file: `[server.limits]`.
    default String heading() {
        return "[" + table().title() + "]";
    }

    /// The keys, and what they become.
    Table<?> table();

    @Override
    default boolean secret() {
        return false;
    }
}
