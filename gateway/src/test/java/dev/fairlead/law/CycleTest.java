package dev.fairlead.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Files that can be read one after the other: none uses, in the end, itself. A sealed type and the types that it
/// permits may know each other.
class CycleTest {
    /// Where cycles are still left: how many files the largest of the package has. These numbers may only fall.
    private static final Map<String, Integer> LEFT = Map.of("dev.fairlead.data.rpc", 2);

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
                .filter(cycle -> cycle.size() > LEFT.getOrDefault(roomOf(cycle), 1))
                .map(CycleTest::simpleNames)
                .collect(Collectors.toSet());

        assertThat(files.size()).isGreaterThan(300);
        assertThat(cycles).as("cycles of files beyond those that are left").isEmpty();
    }

    private static String roomOf(Set<String> cycle) {
        return SourceFiles.packageOf(cycle.iterator().next());
    }

    private static Set<String> simpleNames(Set<String> cycle) {
        return cycle.stream()
                .map(file -> file.substring(file.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
    }
}
