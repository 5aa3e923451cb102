package dev.fairlead.control.admin.http;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/// Records to JSON, in the order of their components, and texts to trees.
final class AdminJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private AdminJson() {}

    static String text(Object view) {
        return MAPPER.writeValueAsString(view);
    }

    static JsonNode tree(String body) {
        return MAPPER.readTree(body);
    }

    static JsonNode emptyObject() {
        return MAPPER.createObjectNode();
    }
}
