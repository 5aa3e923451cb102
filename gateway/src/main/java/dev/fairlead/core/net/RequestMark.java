package dev.fairlead.core.net;

import dev.fairlead.core.url.NodeText;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How this process knows its own requests when they come back to it: every request to a node bears a mark
/// that no other process has, and the marks of the gateways that it came through. A node whose URL leads to
/// the gateway itself, or to another gateway that asks this one, would otherwise pass the request round
/// without end.
///
/// @param mark the header's value
public record RequestMark(String mark) {
    public static final String HEADER = NodeText.MARK_HEADER;
    /// So many gateways behind each other are a loop, whatever their marks are.
    public static final int MOST = 8;

    private static final Pattern MARK = Pattern.compile("[0-9a-f]{16}");
    private static final int BYTES = 8;

    public static RequestMark random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new RequestMark(HexFormat.of().formatHex(bytes));
    }

    /// The marks that a request bears, each once, as they go on to the nodes: `0123456789abcdef, …`; null for none.
    ///
    /// @param headers the values of all its headers of that name; what is no mark is left out
    public static @Nullable String past(List<String> headers) {
        String past = headers.stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .filter(mark -> MARK.matcher(mark).matches())
                .distinct()
                .limit(MOST)
                .collect(Collectors.joining(", "));
        return past.isEmpty() ? null : past;
    }

    /// Whether a request that came through these gateways was sent by this very process, or goes round without end.
    public boolean isLoop(String past) {
        return past.contains(mark) || past.length() >= MOST * 2 * BYTES;
    }
}
