package dev.fairlead.control.store;

import java.nio.file.Path;

/// Where declarations made at run time are kept.
///
/// @param directory holds `fairlead.db`; made when it does not exist
public record StoreConfig(Path directory) {
    public static final StoreConfig DEFAULT = new StoreConfig(Path.of("fairlead-data"));
}
