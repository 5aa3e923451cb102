package dev.fairlead.control.store;

/// The store cannot be opened, read or written; the message says what was expected, what was found and what to do.
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreFailure(String message) {
        super(message);
    }

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
