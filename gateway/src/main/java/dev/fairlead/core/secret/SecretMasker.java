package dev.fairlead.core.secret;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/// Takes secrets out of texts and JSON, in any case and encoding. A long one is found by its letters and
/// digits alone, and by any piece of it, so that spaces, dashes and cuts do not hide it. A short one may be
/// part of a hash or of a return value, so it is found only whole, where it stands alone or beside another
/// secret.
public final class SecretMasker {
    /// The kind of text that is looked through.
    public enum Form {
        TEXT,
        /// JSON; its outermost names stay.
        ERROR,
        /// JSON; all of its names and numbers stay.
        RESULT
    }

    /// Letters and digits that make a secret long.
    static final int LONG = 16;
    /// So many letters and digits in a row give a long secret away. A short secret with so many is found even
    /// if it is pulled apart.
    static final int PIECE = 8;
    /// A piece of fewer letters, without digits, may be an ordinary word.
    static final int WORDY_PIECE = 12;

    private static final int FILTER = 1 << 16;

    private final int[][] words;
    /// The letters and digits of each word that may be pulled apart; empty for the others.
    private final int[][] bare;

    private final boolean[] firsts;
    private final long[] pieces;
    /// Whether there is a secret that must be looked for within words too, because no piece gives it away.
    private final boolean amidWords;
    /// Tells quickly that something is no piece: one bit for the hash of each piece.
    private final long[] filter;

    private SecretMasker(int[][] words, boolean[] firsts, long[] pieces) {
        this.words = words;
        this.bare = Arrays.stream(words).map(SecretMasker::bare).toArray(int[][]::new);
        this.firsts = firsts;
        this.pieces = pieces;
        this.amidWords = Arrays.stream(words).anyMatch(word -> word.length >= LONG && pieces(word).length == 0);
        this.filter = new long[FILTER / Long.SIZE];
        for (long piece : pieces) filter[hash(piece) / Long.SIZE] |= 1L << hash(piece);
    }

    /// @param secrets decoded, in any case
    public static SecretMasker of(Collection<String> secrets) {
        var distinct = new LinkedHashMap<String, int[]>();
        for (String secret : secrets) {
            if (secret.isEmpty()) continue;
            // a letter's capital may be two letters
            for (String form : List.of(secret, secret.toUpperCase(Locale.ROOT))) {
                int[] word = DecodedText.word(form);
                distinct.put(new String(word, 0, word.length), word);
            }
        }
        List<int[]> words = distinct.values().stream()
                .sorted((one, other) -> other.length - one.length)
                .toList();
        var firsts = new boolean[256];
        for (int[] word : words) {
            firsts[word[0] & 0xff] = true;
            int[] bare = bare(word);
            if (bare.length > 0) firsts[bare[0] & 0xff] = true;
        }
        long[] pieces = words.stream()
                .flatMapToLong(word -> Arrays.stream(pieces(word)))
                .sorted()
                .distinct()
                .toArray();
        return new SecretMasker(words.toArray(int[][]::new), firsts, pieces);
    }

    public boolean isEmpty() {
        return words.length == 0;
    }

    /// Where the word ends that begins at `at`, or -1.
    ///
    /// @param amidWord whether a letter or digit stands before it
    int wordEnd(DecodedText text, int at, int first, boolean amidWord) {
        if (first < 0 || !firsts[first & 0xff] || (amidWord && !amidWords)) return -1;
        for (int i = 0; i < words.length; i++) {
            int end = text.end(at, words[i]);
            if (end < 0 && !amidWord && bare[i].length > 0) end = text.endApart(at, bare[i]);
            if (end < 0) continue;
            boolean alone = !amidWord && !DecodedText.isLetterOrDigit(text.at(end));
            if (alone || words[i].length >= LONG) return end;
        }
        return -1;
    }

    /// Passes on the end of every word that begins at `at`, whatever stands around it.
    void wordEnds(DecodedText text, int at, int first, IntConsumer ends) {
        if (first < 0 || !firsts[first & 0xff]) return;
        for (int[] word : words) {
            int end = text.end(at, word);
            if (end >= 0) ends.accept(end);
        }
    }

    /// @param last the last eight letters and digits, one a byte
    boolean isPiece(long last) {
        int hash = hash(last);
        return (filter[hash / Long.SIZE] & 1L << hash) != 0 && Arrays.binarySearch(pieces, last) >= 0;
    }

    private static int[] bare(int[] word) {
        int[] bare = Arrays.stream(word).filter(DecodedText::isLetterOrDigit).toArray();
        return bare.length < PIECE || bare.length >= LONG ? new int[0] : bare;
    }

    private static int hash(long piece) {
        return (int) ((piece * 0x9e3779b97f4a7c15L) >>> 48);
    }

    private static long[] pieces(int[] word) {
        var found = new long[word.length];
        long last = 0;
        int read = 0;
        for (int meant : word) {
            if (!DecodedText.isLetterOrDigit(meant)) continue;
            last = last << 8 | meant;
            found[read++] = last;
        }
        return read < LONG ? new long[0] : Arrays.copyOfRange(found, PIECE - 1, read);
    }
}
