/// The store in one SQLite file: what the [dev.fairlead.control.store.Store] is given goes in as rows, and comes out of
/// them checked. Only what wires the process knows it. Read [SqliteStore] first.
@NullMarked
package dev.fairlead.control.store.sqlite;

import org.jspecify.annotations.NullMarked;
