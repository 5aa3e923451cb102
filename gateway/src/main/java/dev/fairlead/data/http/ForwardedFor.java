package dev.fairlead.data.http;

import dev.fairlead.data.access.IpAddress;
import dev.fairlead.data.access.IpRange;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The addresses for which proxies say that they forward a request, each behind those before it. Anybody can write
/// them; what they are worth depends on who sent them.
///
/// @param legacy of `X-Forwarded-For`, or null
/// @param standard of `Forwarded` (RFC 7239), or null
public record ForwardedFor(
        @Nullable String legacy, @Nullable String standard) {
    private static final AsciiString LEGACY = AsciiString.cached("x-forwarded-for");
    private static final AsciiString STANDARD = AsciiString.cached("forwarded");
    /// What stands last counts, so the end is kept.
    private static final int LONGEST_KEPT = 1024;

    private static final Pattern FOR = Pattern.compile(
            "(?:^|;)\\s*for\\s*=\\s*(?:\"(?<quoted>[^\"]*)\"|(?<token>[^;\\s\"]*))\\s*(?=;|$)",
            Pattern.CASE_INSENSITIVE);

    /// @return null when the request came without
    static @Nullable ForwardedFor of(HttpHeaders headers) {
        String legacy = joined(headers.getAll(LEGACY));
        String standard = joined(headers.getAll(STANDARD));
        return legacy == null && standard == null ? null : new ForwardedFor(legacy, standard);
    }

    private static @Nullable String joined(List<String> values) {
        if (values.isEmpty()) return null;
        String all = String.join(",", values);
        if (all.length() <= LONGEST_KEPT) return all;
        String end = all.substring(all.length() - LONGEST_KEPT);
        return end.substring(end.indexOf(',') + 1);
    }

    /// The client of a request that came from `sender`, one of the `trusted`: the rightmost address that is not theirs.
    /// Where the two headers differ, one of them is not the proxies' own, and the sender counts.
    public IpAddress client(IpAddress sender, List<IpRange> trusted) {
        IpAddress byLegacy = legacy == null ? null : last(legacy, sender, trusted, false);
        IpAddress byStandard = standard == null ? null : last(standard, sender, trusted, true);
        if (byLegacy == null) return byStandard == null ? sender : byStandard;
        return byStandard == null || byStandard.equals(byLegacy) ? byLegacy : sender;
    }

    /// Walks from right to left for as long as those who wrote are trusted, and what they wrote is an address.
    private static IpAddress last(String list, IpAddress sender, List<IpRange> trusted, boolean isStandard) {
        IpAddress client = sender;
        int end = list.length();
        while (end >= 0) {
            int comma = list.lastIndexOf(',', end - 1);
            String element = list.substring(comma + 1, end).strip();
            end = comma;
            if (element.isEmpty() && !isStandard) continue;
            IpAddress next = isStandard ? standard(element) : IpAddress.parseWithPort(element);
            if (next == null) return client;
            client = next;
            if (!IpRange.contain(trusted, client)) return client;
        }
        return client;
    }

    private static @Nullable IpAddress standard(String element) {
        Matcher named = FOR.matcher(element);
        if (!named.find()) return null;
        String quoted = named.group("quoted");
        IpAddress address = IpAddress.parseWithPort(quoted == null ? named.group("token") : quoted);
        return named.find() ? null : address;
    }
}
