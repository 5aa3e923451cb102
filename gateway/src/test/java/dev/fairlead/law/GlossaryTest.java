package dev.fairlead.law;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Words of ours are explained: in the glossary of docs/architecture.md, unless the field or the language has them
/// already (`terms.txt`).
class GlossaryTest {
    private static final Pattern WORD_OF_A_NAME = Pattern.compile("[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z0-9]*");
    private static final Pattern WORD = Pattern.compile("[a-z0-9]+");
    private static final Path ARCHITECTURE = Path.of("../docs/architecture.md");
    private static final Path TERMS = Path.of("src/test/resources/dev/fairlead/law/terms.txt");

    private static final JavaClasses MAIN =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.fairlead");

    @Test
    void everyWordOfATypesNameIsATermOrStandsInTheGlossary() {
        Set<String> explained = words(glossary());
        explained.addAll(words(terms()));

        Set<String> names = typeNames();
        Map<String, Set<String>> unexplained = new TreeMap<>();
        for (String name : names) {
            Set<String> words = words(WORD_OF_A_NAME.matcher(name).results().map(MatchResult::group));
            words.removeAll(explained);
            if (!words.isEmpty()) unexplained.put(name, words);
        }

        assertThat(names).hasSizeGreaterThan(300);
        assertThat(unexplained)
                .as("words to be explained in the glossary, or named as terms of the field in %s", TERMS)
                .isEmpty();
    }

    @Test
    void everyPackageStandsInTheGlossary() {
        Set<String> glossary = words(glossary());

        assertThat(PackageLawTest.names())
                .allSatisfy(name -> assertThat(glossary).contains(singular(name.substring(name.lastIndexOf('.') + 1))));
    }

    @Test
    void everyTermIsAWordAndStandsOnce() {
        assertThat(terms().filter(line -> !line.isBlank())).allMatch(line -> line.matches("[a-z0-9 ]+"));
        assertThat(terms().flatMap(line -> WORD.matcher(line).results()).map(MatchResult::group))
                .doesNotHaveDuplicates();
    }

    private static Set<String> typeNames() {
        return MAIN.stream()
                .filter(type -> type.getEnclosingClass().isEmpty()
                        && !type.getPackageName().contains("fakenode"))
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.equals("package-info"))
                .collect(toCollection(TreeSet::new));
    }

    /// The first columns of the glossary's tables.
    private static Stream<String> glossary() {
        return lines(ARCHITECTURE)
                .dropWhile(line -> !line.equals("## Glossary"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|")[1]);
    }

    private static Stream<String> terms() {
        return lines(TERMS).filter(line -> !line.startsWith("#"));
    }

    private static Set<String> words(Stream<String> texts) {
        return texts.map(text -> text.toLowerCase(Locale.ROOT))
                .flatMap(text -> WORD.matcher(text).results())
                .map(word -> singular(word.group()))
                .collect(toCollection(TreeSet::new));
    }

    private static String singular(String word) {
        if (word.endsWith("ies")) return word.substring(0, word.length() - 3) + "y";
        if (word.matches(".*(ss|us|sh|ch|x)es")) return word.substring(0, word.length() - 2);
        return word.endsWith("s") && !word.matches(".*(ss|us|is)") ? word.substring(0, word.length() - 1) : word;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
