package dev.fairlead.core.secret;

import dev.fairlead.core.secret.SecretMasker.Form;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One text on its way through the [SecretMasker]: finds what is to be hidden, then writes the rest.
public final class MaskingRun {
    private static final byte[] STARS = {'*', '*', '*'};
    private static final Set<String> NAMES = Set.of("code", "message", "data");

    private final SecretMasker secrets;
    private final byte[] bytes;
    private final DecodedText text;
    private final Form form;

    private final List<Span> found = new ArrayList<>(0);
    private final ShortSecretContext shortSecretContext = new ShortSecretContext();
    private boolean inString;
    private boolean inData;
    private int depth;
    private int stringAt;
    private int foundBefore;
    private boolean amidWord;

    /// The last eight letters and digits; `places` says where they stand, `read` how many came without a
    /// break.
    private long last;

    private final int[] places = new int[SecretMasker.PIECE];
    private int read;

    /// Pieces that overlap make one run.
    private int runFrom = -1;

    private int runTo;
    private int runLength;
    private boolean runHasDigit;

    /// @param text whether it is in a string; a number is hidden as a number
    private record Span(int from, int to, boolean text) {}

    private MaskingRun(SecretMasker secrets, byte[] bytes, Form form) {
        this.secrets = secrets;
        this.bytes = bytes;
        this.form = form;
        this.text = new DecodedText(bytes, form != Form.TEXT);
        this.inString = form == Form.TEXT;
    }

    /// @param text legal JSON, unless the form is another
    /// @return null when none of the secrets is in it
    public static byte @Nullable [] blotted(SecretMasker secrets, byte[] text, Form form) {
        return secrets.isEmpty() ? null : new MaskingRun(secrets, text, form).blotted();
    }

    private byte @Nullable [] blotted() {
        int end;
        for (int at = 0; at < bytes.length; at = end) {
            end = at + text.unit(at);
            if (form != Form.TEXT && bytes[at] == '"') quote(at);
            else if (inString || isOfNumber(bytes[at])) character(at, end);
            else punctuation(bytes[at]);
        }
        endWords();
        return found.isEmpty() ? null : written();
    }

    private void quote(int at) {
        pause();
        inString = !inString;
        inData = inString && isData(at + 1);
        if (inString) {
            stringAt = at;
            foundBefore = found.size();
        } else if (found.size() > foundBefore && keepsName(at)) {
            found.subList(foundBefore, found.size()).clear();
        }
    }

    private void punctuation(byte mark) {
        pause();
        if (mark == '{' || mark == '[') depth++;
        if (mark == '}' || mark == ']') depth--;
    }

    private void pause() {
        endWords();
        read = 0;
        amidWord = false;
    }

    private void endWords() {
        endRun();
        shortSecretContext.end(text).forEach(word -> found.add(new Span(word.from(), word.to(), true)));
    }

    private void character(int at, int end) {
        int meant = text.at(at);
        int wordEnd = secrets.wordEnd(text, at, meant, amidWord);
        if (wordEnd > 0) add(at, wordEnd);
        else if (inString && (!amidWord || at == runTo || shortSecretContext.endAt(at))) {
            boolean first = !amidWord;
            secrets.wordEnds(text, at, meant, to -> shortSecretContext.add(at, to, first));
        }
        amidWord = DecodedText.isLetterOrDigit(meant);
        if (amidWord) letter(at, end, meant);
    }

    private void letter(int at, int end, int meant) {
        last = last << 8 | meant;
        places[read++ % SecretMasker.PIECE] = at;
        if (read < SecretMasker.PIECE || !secrets.isPiece(last)) {
            if (runFrom >= 0) endRun();
            return;
        }
        if (runFrom < 0) {
            runFrom = places[read % SecretMasker.PIECE];
            runLength = SecretMasker.PIECE - 1;
            runHasDigit = hasDigit(last);
        }
        runTo = end;
        runLength++;
        runHasDigit |= meant <= '9';
    }

    private void endRun() {
        if (runFrom >= 0 && (inData ? runLength >= SecretMasker.LONG : !isOrdinaryWord())) add(runFrom, runTo);
        runFrom = -1;
    }

    private boolean isOrdinaryWord() {
        if (runHasDigit || runLength >= SecretMasker.WORDY_PIECE) return false;
        var letters = new StringBuilder(runLength);
        for (int at = runFrom; at < runTo; at += text.unit(at)) {
            if (DecodedText.isLetterOrDigit(text.at(at))) letters.append((char) text.at(at));
        }
        return OrdinaryWords.has(letters.toString());
    }

    private void add(int from, int to) {
        if (inString) {
            found.add(new Span(from, to, true));
            shortSecretContext.hidden(from, to);
        } else if (form != Form.RESULT) found.add(new Span(startOfNumber(from), endOfNumber(to), false));
    }

    private int startOfNumber(int from) {
        int at = from;
        while (at > 0 && isOfNumber(bytes[at - 1])) at--;
        return at;
    }

    private int endOfNumber(int to) {
        int at = to;
        while (at < bytes.length && isOfNumber(bytes[at])) at++;
        return at;
    }

    /// Whether it is part of a hash or of what a contract returned: eight digits that agree prove nothing
    /// there.
    private boolean isData(int from) {
        if (from + 1 >= bytes.length || bytes[from] != '0' || bytes[from + 1] != 'x') return false;
        int at = from + 2;
        while (at < bytes.length && Character.digit(bytes[at], 16) >= 0) at++;
        return at < bytes.length && bytes[at] == '"';
    }

    private boolean keepsName(int quote) {
        int at = quote + 1;
        while (at < bytes.length && bytes[at] <= ' ') at++;
        if (at >= bytes.length || bytes[at] != ':') return false;
        return form == Form.RESULT
                || (depth == 1
                        && NAMES.contains(
                                new String(bytes, stringAt + 1, quote - stringAt - 1, StandardCharsets.UTF_8)));
    }

    private byte[] written() {
        found.sort(Comparator.comparingInt(Span::from).thenComparingInt(span -> -span.to()));
        var out = new ByteArrayOutputStream(bytes.length);
        int copied = 0;
        for (Span span : found) {
            if (span.from() >= copied) {
                out.write(bytes, copied, span.from() - copied);
                if (span.text()) out.writeBytes(STARS);
                else out.write('0');
            }
            copied = Math.max(copied, span.to());
        }
        out.write(bytes, copied, bytes.length - copied);
        return out.toByteArray();
    }

    private static boolean isOfNumber(byte b) {
        return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
    }

    private static boolean hasDigit(long last) {
        for (long rest = last; rest != 0; rest >>>= 8) if ((rest & 0xff) <= '9') return true;
        return false;
    }
}
