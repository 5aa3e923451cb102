package dev.fairlead.config;

import dev.fairlead.core.url.NameRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The pieces of JSON Schema that types share.
public final class Schemas {
    private Schemas() {}

    /// A schema from names and values, one after the other; further names may be put into it.
    public static Map<String, Object> of(Object... namesAndValues) {
        var schema = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2)
            schema.put((String) namesAndValues[i], namesAndValues[i + 1]);
        return schema;
    }

    static Map<String, Object> anyOf(Object... alternatives) {
        return of("anyOf", List.of(alternatives));
    }

    /// A text of that form, or one that the environment fills.
    static Map<String, Object> text(String form) {
        return of("type", "string", "pattern", "^(" + form + ")$|\\$\\{");
    }

    static Map<String, Object> orFile(Map<String, Object> schema) {
        Map<String, Object> file = of("type", "object", "properties", of("file", of("type", "string")));
        file.put("required", List.of("file"));
        file.put("additionalProperties", false);
        return anyOf(schema, file);
    }

    static Map<String, Object> name(NameRule rule) {
        Map<String, Object> schema = of("pattern", "^" + NameRule.FORM + "$");
        if (!rule.digitsAllowed()) {
            schema.put("not", of("pattern", "^(" + NameRule.NUMBER + "|" + String.join("|", rule.reserved()) + ")$"));
        }
        return schema;
    }
}
