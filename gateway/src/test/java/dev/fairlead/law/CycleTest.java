package dev.fairlead.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Files that can be read one after the other: none uses, in the end, itself. A sealed type and the types that it
/// permits may know each other.
class CycleTest {
    @Test
    void noFilesOfDifferentPackagesUseEachOther() throws Exception {
        List<Set<String>> cycles = SourceFiles.ofMain().cycles();

        assertThat(cycles)
                .allSatisfy(cycle -> assertThat(
                                cycle.stream().map(SourceFiles::packageOf).distinct())
                        .hasSize(1));
    }

    @Test
    void withinAPackageOnlyTheTypesOfASealedFamilyUseEachOther() throws Exception {
        SourceFiles files = SourceFiles.ofMain();

        Set<Set<String>> cycles = files.cycles().stream()
                .filter(cycle -> !files.isSealedFamily(cycle))
                .map(CycleTest::simpleNames)
                .collect(Collectors.toSet());

        assertThat(files.size()).isGreaterThan(300);
        assertThat(cycles).as("cycles of files").isEmpty();
    }

    private static Set<String> simpleNames(Set<String> cycle) {
        return cycle.stream()
                .map(file -> file.substring(file.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
    }
}
