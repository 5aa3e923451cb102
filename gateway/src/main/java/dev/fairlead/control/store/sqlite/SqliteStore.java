package dev.fairlead.control.store.sqlite;

import dev.fairlead.control.store.AuditLine;
import dev.fairlead.control.store.KeyPlace;
import dev.fairlead.control.store.NodeMemory;
import dev.fairlead.control.store.Store;
import dev.fairlead.control.store.StoreChange;
import dev.fairlead.control.store.StoreChange.ChainForgotten;
import dev.fairlead.control.store.StoreChange.ChainKept;
import dev.fairlead.control.store.StoreChange.KeyForgotten;
import dev.fairlead.control.store.StoreChange.KeyKept;
import dev.fairlead.control.store.StoreChange.KeysForgotten;
import dev.fairlead.control.store.StoreChange.ModeSet;
import dev.fairlead.control.store.StoreChange.NodeForgotten;
import dev.fairlead.control.store.StoreChange.NodeKept;
import dev.fairlead.control.store.StoreChange.TenantForgotten;
import dev.fairlead.control.store.StoreChange.TenantKept;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.control.store.StoreFailure;
import dev.fairlead.control.store.StoredDeclarations;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.SpentDay;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.url.NameRule;
import dev.fairlead.core.usage.KeyUse;
import dev.fairlead.core.usage.UntoldUse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;

/// The store in one SQLite file: write-ahead log, flushed to the disk before an order is acknowledged. One
/// connection, used by one thread at a time; a second gateway with the same file waits for its turn.
public final class SqliteStore implements Store {
    private static final int AUDIT_KEPT = 100_000;

    private final Path file;
    private final Connection connection;
    private final Sql sql;
    private final NodeRows nodes;
    private final TenantRows tenants;
    private final MemoryRows memories;
    private final AuditRows audit;
    private final UseRows uses;
    private final SpentRows spent;
    private final ReentrantLock turn = new ReentrantLock();

    private SqliteStore(Path file, Connection connection, int auditKept) {
        this.file = file;
        this.connection = connection;
        this.sql = new Sql(connection);
        this.nodes = new NodeRows(sql);
        this.tenants = new TenantRows(sql);
        this.memories = new MemoryRows(sql);
        this.audit = new AuditRows(sql, auditKept);
        this.uses = new UseRows(sql);
        this.spent = new SpentRows(sql);
    }

    /// Loads SQLite before the first [#open], because loading takes a good part of a start.
    public static void load() {
        try {
            SQLiteJDBCLoader.initialize();
            source(Path.of("fairlead.db"));
        } catch (Exception _) {
            // the first open of a store reports it
        }
    }

    /// Opens `fairlead.db`, and makes it, with its directory, when it is missing.
    ///
    /// @throws StoreFailure when it cannot be made, written or understood
    public static SqliteStore open(StoreConfig config) {
        return open(config, AUDIT_KEPT);
    }

    static SqliteStore open(StoreConfig config, int auditKept) {
        Path file = new DatabaseFile(config.directory()).prepare();
        SQLiteDataSource source = source(file);
        Connection connection = null;
        try {
            connection = source.getConnection();
            new Schema(file).bring(connection, source);
            return new SqliteStore(file, connection, auditKept);
        } catch (SQLException failure) {
            close(connection);
            throw unreadable(file, failure);
        } catch (StoreFailure failure) {
            close(connection);
            throw failure;
        }
    }

    static SQLiteDataSource source(Path file) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(5_000);
        // A key that was removed must not stay in free pages.
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    @Override
    public long revision() {
        return inTurn(() -> sql.number("SELECT revision FROM registry"));
    }

    @Override
    public StoredDeclarations stored() {
        return inTransaction(() -> {
            long revision = sql.number("SELECT revision FROM registry");
            return new StoredDeclarations(revision, chains(), nodes.all(), modes(), tenants.tenants(), tenants.keys());
        });
    }

    private Map<String, Long> chains() throws SQLException {
        var chains = new LinkedHashMap<String, Long>();
        var rows = new ValidRows(
                sql,
                "chain",
                List.of("name"),
                "its id is learned from its nodes: remove and add them, or correct the row");
        rows.read("SELECT * FROM chain ORDER BY place", SqliteStore::chain)
                .forEach(chain -> chains.put(chain.name(), chain.id()));
        return chains;
    }

    private static ChainKept chain(ResultSet row) throws SQLException {
        return new ChainKept(
                ValidRows.name(row, "name", NameRule.CHAIN), ValidRows.number(row, "id", 0, Long.MAX_VALUE));
    }

    private Map<NodeId, Node.Mode> modes() throws SQLException {
        var modes = new LinkedHashMap<NodeId, Node.Mode>();
        var rows =
                new ValidRows(sql, "node_mode", List.of("chain", "node"), "its node serves: cordon or drain it again");
        rows.read("SELECT * FROM node_mode ORDER BY rowid", SqliteStore::mode)
                .forEach(mode -> modes.put(mode.id(), mode.mode()));
        return modes;
    }

    private static ModeSet mode(ResultSet row) throws SQLException {
        return new ModeSet(ValidRows.node(row, "node"), ValidRows.word(row, "mode", Node.Mode.values()));
    }

    @Override
    public boolean commit(StoredDeclarations basis, List<StoreChange> changes, AuditLine line) {
        return inTransaction(() -> {
            int rows = sql.update("UPDATE registry SET revision = revision + 1 WHERE revision = ?", basis.revision());
            if (rows == 0) return false;
            for (StoreChange change : changes) carryOut(change);
            audit.write(line);
            return true;
        });
    }

    private void carryOut(StoreChange change) throws SQLException {
        switch (change) {
            case ChainKept(var name, var id) ->
                sql.update(
                        "INSERT INTO chain (name, id) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET id = excluded.id",
                        name,
                        id);
            case ChainForgotten(var name) -> sql.update("DELETE FROM chain WHERE name = ?", name);
            case NodeKept(var node) -> nodes.put(node);
            case NodeForgotten(var id) -> nodes.remove(id);
            case ModeSet(var id, var mode)
            when mode == Node.Mode.SERVING ->
                sql.update("DELETE FROM node_mode WHERE chain = ? AND node = ?", id.chain(), id.name());
            case ModeSet(var id, var mode) ->
                sql.update(
                        "INSERT INTO node_mode (chain, node, mode) VALUES (?, ?, ?)"
                                + " ON CONFLICT (chain, node) DO UPDATE SET mode = excluded.mode",
                        id.chain(),
                        id.name(),
                        ValidRows.word(mode));
            case TenantKept(var tenant) -> tenants.put(tenant);
            case TenantForgotten(var name) -> tenants.remove(name);
            case KeyKept(var key) -> tenants.put(key);
            case KeyForgotten(var hash) -> tenants.remove(hash);
            case KeysForgotten(var tenant) -> tenants.removeKeys(tenant);
        }
    }

    @Override
    public List<DayUse> uses(LocalDate first, @Nullable String tenant) {
        return inTurn(() -> uses.days(first, tenant));
    }

    @Override
    public List<KeyUse> tenantUses(LocalDate first, @Nullable String tenant) {
        return inTurn(() -> uses.tenants(first, tenant));
    }

    @Override
    public List<KeyUse> keyUses(LocalDate day, @Nullable String tenant, KeyPlace after, int limit) {
        return inTurn(() -> uses.keys(day, tenant, after, limit));
    }

    @Override
    public void rememberUses(Collection<DayUse> days, Collection<KeyUse> news) {
        inTransaction(() -> {
            uses.put(days);
            uses.add(news);
            return true;
        });
    }

    @Override
    public List<Long> addUses(List<UntoldUse> news) {
        return inTransaction(() -> uses.added(news));
    }

    @Override
    public void forgetUses(LocalDate before) {
        inTransaction(() -> {
            uses.forget(before);
            return true;
        });
    }

    @Override
    public List<SpentDay> spentDays() {
        return inTurn(spent::all);
    }

    @Override
    public void rememberSpentDays(Collection<SpentDay> news) {
        inTransaction(() -> {
            spent.put(news);
            return true;
        });
    }

    @Override
    public void note(AuditLine line) {
        inTransaction(() -> {
            audit.write(line);
            return true;
        });
    }

    @Override
    public List<AuditLine> audit(long before, int limit) {
        return inTurn(() -> audit.before(before, limit));
    }

    @Override
    public List<NodeMemory> memories() {
        return inTurn(memories::all);
    }

    @Override
    public void remember(Collection<NodeMemory> news, Collection<NodeId> gone) {
        inTransaction(() -> {
            for (NodeId id : gone) memories.remove(id);
            for (NodeMemory memory : news) memories.put(memory);
            return true;
        });
    }

    @Override
    public void close() {
        turn.lock();
        try {
            close(connection);
        } finally {
            turn.unlock();
        }
    }

    private interface Work<T> {
        T done() throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        return inTurn(() -> {
            sql.execute("BEGIN IMMEDIATE");
            try {
                T result = work.done();
                sql.execute("COMMIT");
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                rollBack(failure);
                throw failure;
            }
        });
    }

    /// SQLite may have rolled back already: after a full disk, for example.
    private void rollBack(Throwable because) {
        try {
            sql.execute("ROLLBACK");
        } catch (SQLException already) {
            because.addSuppressed(already);
        }
    }

    private <T> T inTurn(Work<T> work) {
        turn.lock();
        try {
            return work.done();
        } catch (SQLException failure) {
            throw new StoreFailure(
                    "expected to use " + file + ", found " + failure.getMessage()
                            + "; nothing was changed: see to the disk and the file, then try again",
                    failure);
        } finally {
            turn.unlock();
        }
    }

    private static StoreFailure unreadable(Path file, SQLException failure) {
        return new StoreFailure(
                "expected a sound SQLite database in " + file + ", found " + failure.getMessage()
                        + "; restore a backup, or move it away to start without the nodes that it holds",
                failure);
    }

    private static void close(@Nullable Connection connection) {
        if (connection == null) return;
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new StoreFailure("could not close the database: " + failure.getMessage(), failure);
        }
    }
}
