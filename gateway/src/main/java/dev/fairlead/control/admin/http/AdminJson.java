package dev.fairlead.control.admin.http;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/// Records to JSON in the order in which they are written down, and texts to trees of bounded size.
final class AdminJson {
    static final int DEEPEST = 64;
    /// Each takes some hundred bytes at the most, so a tree takes some megabytes.
    static final int MOST_TOKENS = 16_384;

    private static final int LONGEST_NAME = 1024;
    private static final int LONGEST_NUMBER = 512;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxTokenCount(MOST_TOKENS)
                            .maxNameLength(LONGEST_NAME)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxStringLength(HttpReader.LARGEST_BODY)
                            .build())
                    .build())
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
