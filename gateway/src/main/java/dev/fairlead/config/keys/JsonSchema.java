package dev.fairlead.config.keys;

import dev.fairlead.config.Schemas;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The configuration's JSON Schema, by which editors complete keys and underline faults.
public final class JsonSchema {
    private JsonSchema() {}

    public static String text() {
        Map<String, Object> schema = Schemas.of(
                "$schema", "https://json-schema.org/draft/2020-12/schema",
                "title", "fairlead.toml",
                "description", "Configuration of the Fairlead gateway");
        schema.putAll(Keys.ROOT.schema());
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(schema)
                + "\n";
    }
}
