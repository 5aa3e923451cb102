package dev.fairlead.config.file;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the name that was probably meant: at most three insertions, deletions, changes or swaps of neighbours away,
/// and nearer than a wholly different word of its length.
public final class NearestName {
    private static final int FARTHEST = 3;

    private NearestName() {}

    static Optional<String> to(String wanted, Collection<String> known) {
        if (wanted.length() > 100) return Optional.empty();
        return known.stream()
                .filter(name -> distance(wanted, name) <= Math.min(FARTHEST, name.length() / 2))
                .min(Comparator.comparingInt((String name) -> distance(wanted, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    public static boolean isNear(String wanted, Collection<String> known) {
        return to(wanted, known).isPresent();
    }

    /// `; did you mean …?`, or the known names when none is near.
    public static String hint(String wanted, Collection<String> known) {
        if (known.isEmpty()) return "";
        return to(wanted, known)
                .map(name -> "; did you mean " + name + "?")
                .orElseGet(() -> "; known here: " + String.join(", ", known));
    }

    /// Damerau's distance in its restricted form (optimal string alignment).
    static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) steps[i][j] = step(steps, a, b, i, j);
        }
        return steps[a.length()][b.length()];
    }

    private static int step(int[][] steps, String a, String b, int i, int j) {
        if (i == 0 || j == 0) return i + j;
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(steps[i - 1][j - 1] + change, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }
}
