package dev.fairlead.control.store.sqlite;

import dev.fairlead.control.store.AddedTenant;
import dev.fairlead.control.store.StoredKeys;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.KeyHash;
import dev.fairlead.core.url.NameRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tenants and their keys as rows of `tenant` and `api_key`.
record TenantRows(Sql sql) {
    private static final Pattern HASH = Pattern.compile(KeyHash.FORM);
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]{1," + ApiKey.PREFIX + "}");

    void put(AddedTenant tenant) throws SQLException {
        sql.update("""
                INSERT INTO tenant (name, added_at) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET added_at = excluded.added_at
                """, tenant.name(), tenant.addedAt().toString());
    }

    void remove(String tenant) throws SQLException {
        sql.update("DELETE FROM tenant WHERE name = ?", tenant);
    }

    void put(ApiKey key) throws SQLException {
        Instant end = key.expiresAt();
        sql.update(
                """
                INSERT INTO api_key (hash, tenant, alias, prefix, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (hash) DO UPDATE SET tenant = excluded.tenant, alias = excluded.alias,
                    prefix = excluded.prefix, created_at = excluded.created_at, expires_at = excluded.expires_at
                """,
                key.hash().hex(),
                key.tenant(),
                key.alias(),
                key.prefix(),
                key.createdAt().toString(),
                end == null ? null : end.toString());
    }

    void remove(KeyHash hash) throws SQLException {
        sql.update("DELETE FROM api_key WHERE hash = ?", hash.hex());
    }

    void removeKeys(String tenant) throws SQLException {
        sql.update("DELETE FROM api_key WHERE tenant = ?", tenant);
    }

    List<AddedTenant> tenants() throws SQLException {
        var rows = new ValidRows(
                sql, "tenant", List.of("name"), "its keys are refused: add the tenant again, or correct the row");
        return rows.read(
                "SELECT * FROM tenant ORDER BY place",
                row -> new AddedTenant(
                        ValidRows.name(row, "name", NameRule.TENANT), ValidRows.instant(row, "added_at")));
    }

    StoredKeys keys() throws SQLException {
        // One text for each tenant's name, however many keys it has.
        Map<String, String> names = new HashMap<>();
        var rows = new ValidRows(
                sql,
                "api_key",
                List.of("tenant", "alias"),
                "calls with that key are refused: add another key, or correct the row");
        return new StoredKeys(rows.read("SELECT * FROM api_key ORDER BY tenant, alias, created_at", row -> {
            ApiKey key = key(row);
            String name = names.computeIfAbsent(key.tenant(), same -> same);
            return new ApiKey(name, key.alias(), key.prefix(), key.hash(), key.createdAt(), key.expiresAt());
        }));
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                ValidRows.name(row, "tenant", NameRule.TENANT),
                ValidRows.name(row, "alias", NameRule.KEY),
                ValidRows.text(row, "prefix", PREFIX, "the first characters of a key"),
                KeyHash.ofHex(ValidRows.text(row, "hash", HASH, "a SHA-256 in 64 hex digits")),
                ValidRows.instant(row, "created_at"),
                end(row));
    }

    private static @Nullable Instant end(ResultSet row) throws SQLException {
        return row.getString("expires_at") == null ? null : ValidRows.instant(row, "expires_at");
    }
}
