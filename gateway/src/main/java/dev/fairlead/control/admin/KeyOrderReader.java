package dev.fairlead.control.admin;

import dev.fairlead.control.admin.http.ParsedRequest;
import dev.fairlead.control.operate.KeyExpiry;
import dev.fairlead.control.operate.KeyOrder;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the bodies of orders about keys.
final class KeyOrderReader {
    static final List<String> ADD = List.of("tenant", "alias", "key", "expiresAt", "expiresInSeconds");
    static final List<String> ROTATE = List.of("key", "expiresAt", "expiresInSeconds", "overlapSeconds");

    private static final String NEVER = "never";
    private static final Duration USUAL_OVERLAP = Duration.ofHours(24);

    private KeyOrderReader() {}

    static ParsedRequest<KeyOrder> add(JsonNode body) {
        var reader = new BodyReader(body, ADD);
        return reader.read(
                new KeyOrder(reader.neededText("tenant"), reader.text("alias"), reader.text("key"), expiry(reader)));
    }

    record Rotation(KeyOrder order, Duration overlap) {}

    static ParsedRequest<Rotation> rotate(String tenant, String alias, JsonNode body) {
        var reader = new BodyReader(body, ROTATE);
        Long overlap = reader.number("overlapSeconds");
        return reader.read(new Rotation(
                new KeyOrder(tenant, alias, reader.text("key"), expiry(reader)),
                overlap == null ? USUAL_OVERLAP : Duration.ofSeconds(overlap)));
    }

    private static KeyExpiry expiry(BodyReader reader) {
        Long seconds = reader.number("expiresInSeconds");
        String at = reader.text("expiresAt");
        if (seconds != null && at != null) reader.fault("expected expiresAt or expiresInSeconds, found both");
        if (seconds != null) return new KeyExpiry.In(Duration.ofSeconds(seconds));
        if (at == null) return new KeyExpiry.Unsaid();
        if (at.equals(NEVER)) return new KeyExpiry.Never();
        Instant end = instant(at);
        if (end != null) return new KeyExpiry.At(end);
        reader.fault("expiresAt: expected a time such as 2027-01-31T00:00:00Z, a date, or never, found something else");
        return new KeyExpiry.Unsaid();
    }

    /// A date means its first moment in UTC.
    private static @Nullable Instant instant(String text) {
        try {
            if (text.length() > 10) return Instant.parse(text);
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }
}
