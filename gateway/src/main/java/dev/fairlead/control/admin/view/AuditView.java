package dev.fairlead.control.admin.view;

import dev.fairlead.control.store.AuditLine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One order that was carried out.
public record AuditView(
        long serial,
        Instant at,
        String who,
        String what,
        @Nullable String chain,
        @Nullable String node,
        @Nullable String tenant,
        @Nullable String key,
        String details) {
    public static AuditView of(AuditLine line) {
        return new AuditView(
                line.serial(),
                line.at(),
                line.who(),
                line.what(),
                line.chain(),
                line.node(),
                line.tenant(),
                line.key(),
                line.details());
    }
}
