package dev.fairlead.fakenode;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// A JSON-RPC message taken apart without re-encoding: ids and params keep their text.
sealed interface Message {
    record Single(Asked call) implements Message {}

    record Batch(List<Asked> calls) implements Message {}

    /// Not JSON at all.
    record Garbled() implements Message {}

    /// `id` and `method` are empty when absent.
    record Asked(String id, String method, String params) {}

    JsonFactory JSON = new JsonFactory();

    static Message parse(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            return switch (parser.nextToken()) {
                case START_ARRAY -> new Batch(calls(parser, text));
                case START_OBJECT -> new Single(call(parser, text));
                case null, default -> new Garbled();
            };
        } catch (JacksonException malformed) {
            return new Garbled();
        }
    }

    private static List<Asked> calls(JsonParser parser, String text) {
        var calls = new ArrayList<Asked>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                calls.add(call(parser, text));
            } else {
                parser.skipChildren();
                calls.add(new Asked("null", "", "[]"));
            }
        }
        return calls;
    }

    private static Asked call(JsonParser parser, String text) {
        String id = "";
        String method = "";
        String params = "[]";
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "id" -> id = raw(parser, text);
                case "method" -> method = value == JsonToken.VALUE_STRING ? parser.getString() : "";
                case "params" -> params = raw(parser, text);
                default -> parser.skipChildren();
            }
        }
        return new Asked(id, method, params);
    }

    private static String raw(JsonParser parser, String text) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        return text.substring(start, end).strip();
    }
}
