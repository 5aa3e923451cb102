package dev.fairlead.core.url;

import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The steps by which [NodeUrl] reads a URL: characters first, then scheme, then host and port, then what Java says.
public final class StrictUrl {
    private static final int LONGEST = 2048;
    private static final String MASKED = "***";
    private static final List<String> SCHEMES = List.of("file", "ftp", "http", "https", "ipc", "tcp", "ws", "wss");
    private static final Pattern PERCENT = Pattern.compile("%[0-9a-fA-F]{2}");
    private static final Pattern HOST_PORT =
            Pattern.compile("(?<host>\\[[0-9a-f:.%a-z]*]|[^\\[\\]:@]*)(?::(?<port>[0-9]*))?");
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");
    /// Operating systems take these for addresses, not for names.
    private static final Pattern HEX_AT_THE_END = Pattern.compile("(^|\\.)0x[0-9a-f]*\\.?$");
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private StrictUrl() {}

    public static NodeUrl http(String text) {
        return read(text, List.of("http", "https"));
    }

    public static NodeUrl ws(String text) {
        return read(text, List.of("ws", "wss"));
    }

    private static NodeUrl read(String text, List<String> schemes) {
        String expected = "expected " + schemes.getFirst() + "://host… or " + schemes.getLast() + "://host…";
        if (text.isEmpty()) return new NodeUrl.Bad(expected + ", found nothing");
        if (text.length() > LONGEST) {
            return new NodeUrl.Bad("expected at most " + LONGEST + " characters, found " + text.length());
        }
        if (text.contains(MASKED))
            return new NodeUrl.Bad("expected the URL itself, found one that was masked for display");
        String illegal = illegalCharacter(text);
        if (illegal != null) return new NodeUrl.Bad(illegal);
        int colon = text.indexOf("://");
        if (colon < 0) return new NodeUrl.Bad(expected + ", found no ://");
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!schemes.contains(scheme)) return new NodeUrl.Bad(expected + foundScheme(scheme));
        int end = endOfAuthority(text, colon + 3);
        return authority(scheme, text.substring(colon + 3, end), text.substring(end));
    }

    private static String foundScheme(String scheme) {
        return SCHEMES.contains(scheme) ? ", found " + scheme + "://" : ", found another beginning";
    }

    private static @Nullable String illegalCharacter(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            String where = " at character " + (at + 1);
            if (c <= ' ' || c == 127) return "found a space or control character" + where + "; remove it";
            if (c > 127) {
                return "found a character outside of ASCII" + where
                        + "; percent-encode it, and write a host name in its xn-- form";
            }
            if (c == '#') return "found # (a fragment)" + where + "; a node never sees fragments, remove it";
            if ("\"<>\\^`{|}".indexOf(c) >= 0) return "found " + c + where + ", which no URL may contain";
            if (c == '%' && !PERCENT.matcher(text).region(at, text.length()).lookingAt()) {
                return "found % without two hex digits" + where + "; write a percent sign as %25";
            }
        }
        return null;
    }

    private static int endOfAuthority(String text, int from) {
        int at = from;
        while (at < text.length() && "/?".indexOf(text.charAt(at)) < 0) at++;
        return at;
    }

    private static NodeUrl authority(String scheme, String authority, String rest) {
        int sign = authority.lastIndexOf('@');
        BasicAuth auth = sign < 0 ? null : credentials(authority.substring(0, sign));
        String hostAndPort = authority.substring(sign + 1).toLowerCase(Locale.ROOT);
        var split = HOST_PORT.matcher(hostAndPort);
        if (!split.matches()) {
            return new NodeUrl.Bad("expected host or host:port after ://, found something else; "
                    + "an IPv6 address stands in brackets, an @ in a password is written %40");
        }
        String fault = host(split.group("host"));
        if (fault == null) fault = port(split.group("port"));
        if (fault != null) return new NodeUrl.Bad(fault);
        try {
            URI uri = new URI(scheme + "://" + hostAndPort + rest).parseServerAuthority();
            return uri.getHost() == null ? new NodeUrl.Bad("expected a host after ://") : new NodeUrl.Good(uri, auth);
        } catch (URISyntaxException e) {
            return new NodeUrl.Bad("not a legal URL: " + e.getReason().toLowerCase(Locale.ROOT));
        }
    }

    private static @Nullable String host(String host) {
        if (host.isEmpty()) return "expected a host after ://, found none";
        if (host.startsWith("[")) return null;
        if (host.length() > 253) return "expected a host of at most 253 characters, found " + host.length();
        if (HEX_AT_THE_END.matcher(host).find()) return "expected an IPv4 address of four numbers from 0 to 255";
        if (NUMERIC.matcher(host).matches()) {
            return IPV4.matcher(host).matches() ? null : "expected an IPv4 address of four numbers from 0 to 255";
        }
        for (String label : host.split("\\.", -1)) {
            if (label.isEmpty() && host.endsWith(".") && host.indexOf("..") < 0) continue;
            if (!LABEL.matcher(label).matches()) {
                return "expected a host name of letters, digits and dashes between dots"
                        + (label.contains("_") ? ", found an underscore; give the host a name without" : "");
            }
        }
        return null;
    }

    private static @Nullable String port(@Nullable String port) {
        if (port == null) return null;
        if (port.isEmpty()) return "expected a port after the colon, found none";
        int number = port.length() > 5 ? 0 : Integer.parseInt(port);
        return number >= 1 && number <= 65535
                ? null
                : "expected a port from 1 to 65535" + (port.length() > 5 ? "" : ", found " + port);
    }

    private static BasicAuth credentials(String userInfo) {
        int colon = userInfo.indexOf(':');
        if (colon < 0) return new BasicAuth(decoded(userInfo), "");
        return new BasicAuth(decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    }

    private static String decoded(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int at = 0; at < text.length(); at++) {
            boolean encoded = text.charAt(at) == '%';
            bytes.write(encoded ? Integer.parseInt(text, at + 1, at + 3, 16) : text.charAt(at));
            if (encoded) at += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
