package dev.fairlead.control.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// As much of a list as one answer may hold: who asks for more than that gets less than the limit says, and asks again.
final class ListPage {
    /// Letters, in the words of the views' records.
    private static final int LONGEST = 512 * 1024;

    private ListPage() {}

    static <L, V extends Record> List<V> beginning(List<L> lines, Function<L, V> view) {
        var page = new ArrayList<V>();
        int letters = 0;
        for (L line : lines) {
            V shown = view.apply(line);
            letters += shown.toString().length();
            if (letters > LONGEST && !page.isEmpty()) break;
            page.add(shown);
        }
        return page;
    }

    /// The last ones, in their order.
    static <L, V extends Record> List<V> ending(List<L> lines, Function<L, V> view) {
        return beginning(lines.reversed(), view).reversed();
    }
}
