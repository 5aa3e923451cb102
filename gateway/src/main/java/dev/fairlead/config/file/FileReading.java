package dev.fairlead.config.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// One reading of one file: the surroundings that it needs, and the faults and notices that it collects.
public final class FileReading {
    private static final int MOST_KEPT = 1_000;

    private final String file;
    private final Path directory;
    private final Map<String, String> environment;
    private final boolean wellFormed;
    private final Set<ConfigurationFault> faults = new LinkedHashSet<>();
    private final List<ConfigurationNotice> notices = new ArrayList<>();
    private final Map<String, FilePlace> places = new HashMap<>();
    private int unkept;
    private final Set<String> filled = new HashSet<>();

    /// @param directory where relative paths start
    /// @param wellFormed false when the syntax has faults, so that what is absent may only have been lost
    public FileReading(String file, Path directory, Map<String, String> environment, boolean wellFormed) {
        this.file = file;
        this.directory = directory;
        this.environment = environment;
        this.wellFormed = wellFormed;
    }

    public void fault(FilePlace place, String text) {
        if (faults.size() >= MOST_KEPT) {
            unkept++;
            return;
        }
        faults.add(new ConfigurationFault(file, place.line(), place.column(), place.path(), text));
    }

    public void notice(FilePlace place, String text) {
        notices.add(new ConfigurationNotice(file, place.line(), place.column(), place.path(), text, false));
    }

    /// What a gateway that starts knows better, and says itself.
    public void noticeForCheck(FilePlace place, String text) {
        notices.add(new ConfigurationNotice(file, place.line(), place.column(), place.path(), text, true));
    }

    public void missing(FilePlace table, String key) {
        if (wellFormed) fault(table, "the key " + key + " is missing; it has no default");
    }

    /// Notes that a key stands there, whether its value is at fault or not.
    public void seen(FilePlace place) {
        places.put(place.path(), place);
    }

    /// In which line each key stands, by its dotted path.
    public Map<String, Integer> lines() {
        var lines = new HashMap<String, Integer>();
        places.forEach((path, place) -> lines.put(path, place.line()));
        return lines;
    }

    public boolean has(String... keys) {
        return places.containsKey(new FilePlace(List.of(keys), 0, 0).path());
    }

    /// Whether a fault was found at that key or below it, so that its value is only a stand-in.
    public boolean isAtFault(String... keys) {
        String path = new FilePlace(List.of(keys), 0, 0).path();
        return faults.stream()
                .anyMatch(fault -> fault.path().equals(path)
                        || fault.path().startsWith(path + ".")
                        || fault.path().startsWith(path + "["));
    }

    /// Where a key stands; without that key, the table around it.
    public FilePlace placeOf(List<String> keys) {
        for (int length = keys.size(); length > 0; length--) {
            FilePlace known = places.get(new FilePlace(keys.subList(0, length), 0, 0).path());
            if (known != null) return known;
        }
        return FilePlace.TOP;
    }

    public TomlPosition positionOf(TomlTable table, String key, FilePlace around) {
        @Nullable TomlPosition position = table.inputPositionOf(List.of(key));
        if (position == null)
            position = TomlPosition.positionAt(Math.max(1, around.line()), Math.max(1, around.column()));
        return position;
    }

    /// The text with the environment's values in it, or null when one is missing.
    @Nullable
    public String expanded(String text, FilePlace place) {
        EnvironmentExpansion expansion = EnvironmentExpansion.of(text, environment);
        if (expansion.used()) filled.add(place.path());
        expansion.faults().forEach(fault -> fault(place, fault));
        return expansion.faults().isEmpty() ? expansion.text() : null;
    }

    public Path resolve(String path) {
        return directory.resolve(path).normalize();
    }

    /// Whether the value there came from the environment, so that it may be a secret.
    public boolean isFilled(FilePlace place) {
        return filled.contains(place.path());
    }

    /// How many more faults were found than are kept.
    public int unkept() {
        return unkept;
    }

    public List<ConfigurationFault> faults() {
        return List.copyOf(faults);
    }

    public List<ConfigurationNotice> notices() {
        return List.copyOf(notices);
    }
}
