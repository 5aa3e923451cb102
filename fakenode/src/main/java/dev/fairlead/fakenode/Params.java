package dev.fairlead.fakenode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The positional params of one call. A missing one is a [Missing], told apart from a wrong one.
record Params(JsonNode list) {
    private static final JsonMapper MAPPER = new JsonMapper();

    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1;

        Missing(int position) {
            super("missing value for required argument " + position);
        }
    }

    static Params of(String rawJson) {
        return new Params(MAPPER.readTree(rawJson));
    }

    String text(int position) {
        JsonNode value = list.get(position);
        if (value == null || !value.isString()) {
            throw new Missing(position);
        }
        return value.stringValue();
    }

    /// The block a state call names: a tag, a number, or an EIP-1898 object; `latest` when left out.
    String block(int position) {
        JsonNode value = list.get(position);
        if (value == null || value.isNull()) {
            return "latest";
        }
        if (value.isObject()) {
            JsonNode named = value.has("blockHash") ? value.get("blockHash") : value.get("blockNumber");
            return named == null ? "latest" : named.asString();
        }
        return text(position);
    }
}
