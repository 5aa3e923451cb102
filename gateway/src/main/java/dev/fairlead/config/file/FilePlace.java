package dev.fairlead.config.file;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlPosition;

/// Where in the file something stands.
///
/// @param keys from the outermost table inwards; an element of a list is `[0]`
/// @param line from 1, or 0 where no line can be named
public record FilePlace(List<String> keys, int line, int column) {
    public static final FilePlace TOP = new FilePlace(List.of(), 0, 0);

    /// Stands for what may be a secret, a key or a value.
    public static final String UNSHOWN = "***";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern ELEMENT = Pattern.compile("\\[[0-9]+]");

    public FilePlace {
        keys = List.copyOf(keys);
    }

    /// A key of the table that stands here.
    public FilePlace key(String key, TomlPosition at) {
        var deeper = new ArrayList<>(keys);
        deeper.add(key);
        return new FilePlace(deeper, at.line(), at.column());
    }

    /// An element of the list that stands here.
    public FilePlace element(int index, TomlPosition at) {
        return key("[" + index + "]", at);
    }

    String path() {
        var path = new StringBuilder();
        for (String key : keys) {
            boolean element = ELEMENT.matcher(key).matches();
            if (!path.isEmpty() && !element) path.append('.');
            boolean plain = element || PLAIN.matcher(key).matches();
            path.append(plain ? key : "\"" + Toml.tomlEscape(key) + "\"");
        }
        return path.toString();
    }
}
