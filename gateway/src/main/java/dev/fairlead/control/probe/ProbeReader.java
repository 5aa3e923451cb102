package dev.fairlead.control.probe;

import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.jsonrpc.Slice;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads the results of probes, tolerantly: numbers as hex text, decimal text or JSON numbers, members in any order,
/// unknown ones skipped. What cannot be understood is absent, never an exception.
public final class ProbeReader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern ZEROS = Pattern.compile("0*");
    private static final int HASH_DIGITS = 64;
    /// Numbers of more than 63 bits.
    private static final Pattern TOO_LONG =
            Pattern.compile("0[xX]0*(?:[89a-fA-F][0-9a-fA-F]{15}|[1-9a-fA-F][0-9a-fA-F]{16,})|0*[1-9][0-9]{18,}");
    /// In seconds. A later date counts as this one, so that times can be added and compared without overflow.
    private static final long LATEST = 1L << 53;

    private ProbeReader() {}

    /// A block or a block header; stops reading as soon as everything that matters was found.
    public static Optional<SeenBlock> block(Slice result) {
        try (JsonParser json = open(result)) {
            return json.nextToken() == JsonToken.START_OBJECT ? block(json) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<SeenBlock> block(JsonParser json) {
        long number = -1;
        String hash = "";
        String parentHash = "";
        Instant timestamp = null;
        int missing = 4;
        while (missing > 0 && json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "number" -> number = height(json, value);
                case "hash" -> hash = hash(json, value);
                case "parentHash" -> parentHash = hash(json, value);
                case "timestamp" -> timestamp = instant(height(json, value));
                default -> {
                    json.skipChildren();
                    missing++;
                }
            }
            missing--;
        }
        return number < 0 ? Optional.empty() : Optional.of(new SeenBlock(number, hash, parentHash, timestamp));
    }

    /// Absent for anything but a number that is not negative and fits.
    static OptionalLong quantity(Slice result) {
        try (JsonParser json = open(result)) {
            long number = quantity(json, json.nextToken());
            return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
        } catch (JacksonException notJson) {
            return OptionalLong.empty();
        }
    }

    /// As [#quantity(Slice)], but a number that does not fit is [BlockNumber#BEYOND].
    static OptionalLong height(Slice result) {
        try (JsonParser json = open(result)) {
            long number = height(json, json.nextToken());
            return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
        } catch (JacksonException notJson) {
            return OptionalLong.empty();
        }
    }

    static Optional<String> text(Slice result) {
        try (JsonParser json = open(result)) {
            return json.nextToken() == JsonToken.VALUE_STRING ? Optional.of(json.getString()) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /// `eth_syncing` says `false`, or an object that differs from client to client.
    static SelfReport.Syncing syncing(Slice result) {
        return switch (result.text().strip()) {
            case "false", "\"false\"" -> SelfReport.Syncing.NO;
            case "null", "" -> SelfReport.Syncing.UNTOLD;
            default -> SelfReport.Syncing.YES;
        };
    }

    private static JsonParser open(Slice json) {
        return JSON.createParser(ObjectReadContext.empty(), json.array(), json.from(), json.size());
    }

    /// Hashes of one block are written alike, whichever node wrote them: some write more than 32 bytes, or no
    /// `0x`. A hash of zeros only counts as none.
    private static String hash(JsonParser json, @Nullable JsonToken value) {
        if (value == JsonToken.VALUE_STRING) {
            String text = json.getString().toLowerCase(Locale.ROOT);
            String digits = text.startsWith("0x") ? text.substring(2) : text;
            if (ZEROS.matcher(digits).matches()) return "";
            return "0x" + digits.substring(0, Math.min(HASH_DIGITS, digits.length()));
        }
        json.skipChildren();
        return "";
    }

    private static long quantity(JsonParser json, @Nullable JsonToken value) {
        try {
            if (value == JsonToken.VALUE_NUMBER_INT) return json.getLongValue();
            if (value == JsonToken.VALUE_STRING) return number(json.getString());
        } catch (JacksonException | NumberFormatException notANumber) {
            return -1;
        }
        json.skipChildren();
        return -1;
    }

    /// As [#quantity], but a number that does not fit is [BlockNumber#BEYOND], so that it is not taken for a
    /// missing one.
    private static long height(JsonParser json, @Nullable JsonToken value) {
        boolean plain = value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_STRING;
        return plain && TOO_LONG.matcher(json.getString()).matches() ? BlockNumber.BEYOND : quantity(json, value);
    }

    private static long number(String text) {
        boolean hex = text.startsWith("0x") || text.startsWith("0X");
        return hex ? Long.parseLong(text, 2, text.length(), 16) : Long.parseLong(text);
    }

    private static @Nullable Instant instant(long seconds) {
        return seconds < 0 ? null : Instant.ofEpochSecond(Math.min(seconds, LATEST));
    }
}
