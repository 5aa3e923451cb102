package dev.fairlead.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// The compiler lets a type of another package that nobody may see pass through a generic one; the JVM fails when the
/// line is reached.
class AccessTest {
    private static final Path CLASSES = Path.of("target/classes");

    @Test
    void nobodyUsesATypeOfAnotherPackageThatIsNotPublic() throws IOException {
        Map<String, ClassModel> ours;
        try (Stream<Path> files = Files.walk(CLASSES)) {
            ours = files.filter(file -> file.toString().endsWith(".class"))
                    .map(AccessTest::parsed)
                    .collect(Collectors.toMap(model -> model.thisClass().asInternalName(), Function.identity()));
        }

        Set<String> hidden = ours.values().stream()
                .filter(model -> !model.flags().has(AccessFlag.PUBLIC))
                .map(model -> model.thisClass().asInternalName())
                .collect(Collectors.toSet());

        assertThat(ours)
                .hasSizeGreaterThan(500)
                .allSatisfy((name, model) -> assertThat(used(model))
                        .filteredOn(other -> !room(other).equals(room(name)))
                        .doesNotContainAnyElementsOf(hidden));
    }

    private static ClassModel parsed(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static List<String> used(ClassModel model) {
        return StreamSupport.stream(model.constantPool().spliterator(), false)
                .filter(ClassEntry.class::isInstance)
                .map(entry -> ((ClassEntry) entry).asInternalName().replaceAll("^\\[+L|;$", ""))
                .toList();
    }

    private static String room(String internalName) {
        return internalName.substring(0, Math.max(0, internalName.lastIndexOf('/')));
    }
}
