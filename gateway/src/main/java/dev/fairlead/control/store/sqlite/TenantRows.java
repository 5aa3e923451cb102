package dev.fairlead.control.store.sqlite;

import dev.fairlead.control.store.AddedTenant;
import dev.fairlead.control.store.StoredKeys;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.KeyHash;
import dev.fairlead.core.policy.MethodPattern;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.Preset;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.url.NameRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tenants and their keys as rows of `tenant` and `api_key`.
record TenantRows(Sql sql) {
    private static final Pattern HASH = Pattern.compile(KeyHash.FORM);
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]{1," + ApiKey.PREFIX + "}");

    void put(AddedTenant tenant) throws SQLException {
        TenantPlan plan = tenant.plan();
        Preset preset = plan.methods().preset();
        CallRate rate = plan.rate();
        sql.update(
                """
                INSERT INTO tenant (name, added_at, preset, allow, deny, rate, rate_millis, burst,
                    daily, ordered_by, ordered_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET added_at = excluded.added_at, preset = excluded.preset,
                    allow = excluded.allow, deny = excluded.deny, rate = excluded.rate,
                    rate_millis = excluded.rate_millis, burst = excluded.burst,
                    daily = excluded.daily, ordered_by = excluded.ordered_by, ordered_at = excluded.ordered_at
                """,
                tenant.name(),
                tenant.addedAt().toString(),
                preset == null ? null : preset.word(),
                joined(plan.methods().allow()),
                joined(plan.methods().deny()),
                rate == null ? null : rate.credits(),
                rate == null ? null : rate.window().toMillis(),
                plan.burst(),
                plan.daily(),
                tenant.orderedBy(),
                tenant.orderedAt().toString());
    }

    private static String joined(List<MethodPattern> patterns) {
        return patterns.stream().map(MethodPattern::text).collect(Collectors.joining(" "));
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
        return rows.read("SELECT * FROM tenant ORDER BY place", TenantRows::tenant);
    }

    /// @throws InvalidRow when one of its rules cannot be read: it must not call by the others alone
    private static AddedTenant tenant(ResultSet row) throws SQLException {
        Instant added = ValidRows.instant(row, "added_at");
        var plan = new TenantPlan(ValidRows.name(row, "name", NameRule.TENANT), MethodPolicy.NONE)
                .ruled(
                        new MethodPolicy(preset(row), patterns(row, "allow"), patterns(row, "deny")),
                        ValidRows.rate(row),
                        row.getString("burst") == null
                                ? null
                                : ValidRows.number(row, "burst", 1, TenantPlan.MOST_BURST),
                        ValidRows.number(row, "daily", 0, TenantPlan.MOST_DAILY));
        return new AddedTenant(
                plan,
                added,
                row.getString("ordered_by"),
                row.getString("ordered_at") == null ? added : ValidRows.instant(row, "ordered_at"));
    }

    private static @Nullable Preset preset(ResultSet row) throws SQLException {
        String word = row.getString("preset");
        if (word == null) return null;
        return Preset.of(word)
                .orElseThrow(() -> new InvalidRow(
                        "preset: expected one of " + String.join(", ", Preset.words()) + ", found another word"));
    }

    private static List<MethodPattern> patterns(ResultSet row, String column) throws SQLException {
        String text = String.valueOf(row.getString(column));
        if (text.isEmpty()) return List.of();
        var patterns = new ArrayList<MethodPattern>();
        for (String pattern : text.split(" ", -1)) {
            if (!MethodPattern.hasForm(pattern)) {
                throw new InvalidRow(column + ": expected " + MethodPattern.EXPECTED + ", found something else");
            }
            patterns.add(new MethodPattern(pattern));
        }
        return patterns;
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
