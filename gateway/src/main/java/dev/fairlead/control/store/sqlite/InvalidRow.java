package dev.fairlead.control.store.sqlite;

/// A row of the database holds a value that cannot be used. The message is logged, so it never repeats what
/// may be a secret.
final class InvalidRow extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidRow(String why) {
        super(why, null, false, false);
    }
}
