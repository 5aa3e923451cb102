package dev.fairlead.control.admin;

import dev.fairlead.control.admin.http.ParsedRequest;
import dev.fairlead.control.operate.TenantOrder;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Reads the bodies of orders about tenants.
final class TenantOrderReader {
    static final List<String> UPDATE = List.of("preset", "allow", "deny", "rate", "burst", "daily");
    static final List<String> ADD =
            Stream.concat(Stream.of("name"), UPDATE.stream()).toList();

    private TenantOrderReader() {}

    record Addition(String name, TenantOrder order) {}

    static ParsedRequest<Addition> add(JsonNode body) {
        var reader = new BodyReader(body, ADD);
        return reader.read(new Addition(reader.neededText("name"), order(reader)));
    }

    static ParsedRequest<TenantOrder> update(JsonNode body) {
        var reader = new BodyReader(body, UPDATE);
        return reader.read(order(reader));
    }

    private static TenantOrder order(BodyReader reader) {
        return new TenantOrder(
                reader.text("preset"),
                reader.texts("allow"),
                reader.texts("deny"),
                reader.text("rate"),
                reader.number("burst"),
                reader.number("daily"));
    }
}
