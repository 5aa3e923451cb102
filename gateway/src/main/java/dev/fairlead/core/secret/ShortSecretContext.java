package dev.fairlead.core.secret;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Short secrets that do not stand alone in a text: they count where everything beside them, up to both ends
/// of the word, is a secret too.
final class ShortSecretContext {
    private final List<Word> words = new ArrayList<>(0);
    private final Set<Integer> begins = new HashSet<>(0);
    private final Set<Integer> ends = new HashSet<>(0);
    /// Ends of words that may turn out to be no secrets.
    private final Set<Integer> likelyEnds = new HashSet<>(0);

    /// @param first whether no letter or digit stands before it
    record Word(int from, int to, boolean first) {}

    /// This part is hidden in any case.
    void hidden(int from, int to) {
        begins.add(from);
        ends.add(to);
    }

    /// Words come in the order in which they begin.
    void add(int from, int to, boolean first) {
        words.add(new Word(from, to, first));
        likelyEnds.add(to);
    }

    /// Whether a secret may end there.
    boolean endAt(int at) {
        return (!ends.isEmpty() && ends.contains(at)) || (!likelyEnds.isEmpty() && likelyEnds.contains(at));
    }

    /// The text has ended.
    ///
    /// @return those that count
    List<Word> end(DecodedText text) {
        if (words.isEmpty() && ends.isEmpty()) return List.of();
        var counting = new ArrayList<Word>();
        for (Word word : followers().reversed()) {
            boolean last = !DecodedText.isLetterOrDigit(text.at(word.to()));
            if (!last && !begins.contains(word.to())) continue;
            counting.add(word);
            begins.add(word.from());
        }
        clear();
        return counting;
    }

    private List<Word> followers() {
        var followers = new ArrayList<Word>();
        for (Word word : words) {
            if (!word.first() && !ends.contains(word.from())) continue;
            followers.add(word);
            ends.add(word.to());
        }
        return followers;
    }

    private void clear() {
        words.clear();
        begins.clear();
        ends.clear();
        likelyEnds.clear();
    }
}
