package dev.fairlead.config;

import dev.fairlead.config.file.BoundedFile;
import dev.fairlead.config.file.FileReading;
import dev.fairlead.core.jwt.KeyReading;
import dev.fairlead.core.jwt.KeySource;
import dev.fairlead.core.jwt.TokenPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Public keys by which tokens are checked, as configurations name them: PEM files, a JWKS file.
public final class TokenKeyFiles {
    private static final int LARGEST = 64 * 1024;
    private static final String PEM = "the path of a PEM file with a public key";
    private static final String JWKS = "the path of a JWKS file";

    private TokenKeyFiles() {}

    /// The file's name without its ending is the `kid` of the tokens that its key signs.
    public static Scalar<KeySource> pem() {
        Scalar.Parser<KeySource> parser = (text, reading) -> {
            Path file = file(text, reading);
            return file == null ? new ParsedText.Other<>() : read(file, content -> KeyReading.pem(id(file), content));
        };
        return scalar("path", PEM, parser);
    }

    public static Scalar<KeySource> jwks() {
        Scalar.Parser<KeySource> parser = (text, reading) -> {
            if (text.contains("://")) {
                return new ParsedText.Wrong<>("expected the path of a file, found a URL; name it as jwks_url");
            }
            Path file = file(text, reading);
            return file == null
                    ? new ParsedText.Other<>()
                    : read(file, content -> KeyReading.jwks(content, TokenPlan.MOST_KEYS));
        };
        return scalar("path", JWKS, parser);
    }

    private static Scalar<KeySource> scalar(String kind, String expected, Scalar.Parser<KeySource> parser) {
        return new Scalar<>(kind, expected, true, false, parser, KeySource::text, Schemas.of("type", "string"));
    }

    private static String id(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    private static @Nullable Path file(String text, FileReading reading) {
        try {
            return text.isBlank() ? null : reading.resolve(text);
        } catch (InvalidPathException _) {
            return null;
        }
    }

    private interface Reader {
        KeyReading read(String content);
    }

    private static ParsedText<KeySource> read(Path file, Reader reader) {
        byte[] bytes;
        try {
            if (!Files.isRegularFile(file)) return noFile();
            bytes = BoundedFile.read(file, LARGEST);
        } catch (IOException _) {
            return noFile();
        }
        if (bytes.length > LARGEST) return new ParsedText.Wrong<>("expected a file of at most 64 KiB");
        return switch (reader.read(new String(bytes, StandardCharsets.UTF_8))) {
            case KeyReading.Keys(var keys, var passedOver) ->
                new ParsedText.Value<>(new KeySource(file.toString(), keys, passedOver));
            case KeyReading.Unreadable(var why) -> new ParsedText.Wrong<>(why);
        };
    }

    private static <T> ParsedText<T> noFile() {
        return new ParsedText.Wrong<>("there is no such file that this process may read; a relative path starts at the "
                + "configuration file");
    }
}
