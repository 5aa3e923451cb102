package dev.fairlead.fakenode;

import dev.fairlead.fakenode.Behaviour.IdLast;
import dev.fairlead.fakenode.Behaviour.NoId;
import dev.fairlead.fakenode.Behaviour.NullBeside;
import dev.fairlead.fakenode.Behaviour.Shape;
import dev.fairlead.fakenode.Behaviour.WrongId;
import dev.fairlead.fakenode.Said.Failure;
import dev.fairlead.fakenode.Said.Huge;
import dev.fairlead.fakenode.Said.Value;
import java.util.List;
import tools.jackson.core.io.JsonStringEncoder;

/// JSON text with room for `filler` bytes at `fillerAt`, so that a huge result need not exist in memory.
record Reply(String text, int fillerAt, long filler) {
    static Reply of(String text) {
        return new Reply(text, text.length(), 0);
    }

    static Reply wrapping(Said said, String id, List<Shape> shapes) {
        String head = "{\"jsonrpc\":\"2.0\"";
        String outcome = outcome(said);
        String ending = "";
        String shownId = ",\"id\":" + id;
        boolean idLast = false;
        for (Shape shape : shapes) {
            switch (shape) {
                case WrongId _ -> shownId = ",\"id\":\"wrong\"";
                case NoId _ -> shownId = "";
                case IdLast _ -> idLast = true;
                case NullBeside _ -> ending = said instanceof Failure ? ",\"result\":null" : ",\"error\":null";
            }
        }
        String before = idLast ? head : head + shownId;
        String after = idLast ? ending + shownId + "}" : ending + "}";
        String text = before + outcome + after;
        // The filler goes between the quotes that end the outcome of a huge result.
        return said instanceof Huge(long bytes)
                ? new Reply(text, before.length() + outcome.length() - 1, bytes)
                : of(text);
    }

    private static String outcome(Said said) {
        return switch (said) {
            case Value(var rawJson) -> ",\"result\":" + rawJson;
            case Huge _ -> ",\"result\":\"\"";
            case Failure(var code, var message, var rawData) ->
                ",\"error\":{\"code\":" + code + ",\"message\":" + quoted(message)
                        + (rawData.isEmpty() ? "" : ",\"data\":" + rawData) + "}";
        };
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }

    /// The whole text, written out.
    String whole() {
        return filler == 0 ? text : before() + "x".repeat(Math.toIntExact(filler)) + after();
    }

    String before() {
        return text.substring(0, fillerAt);
    }

    String after() {
        return text.substring(fillerAt);
    }
}
