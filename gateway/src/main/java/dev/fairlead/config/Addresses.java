package dev.fairlead.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Listening addresses: `host:port`, `[::1]:port`, and `:port` for every interface.
public final class Addresses {
    static final String FORM = "(\\[[0-9A-Fa-f:.]+\\]|\\*|[A-Za-z0-9.-]*):[0-9]{1,5}";

    private static final Pattern WHOLE =
            Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|\\*|[A-Za-z0-9.-]*):(?<port>[0-9]{1,5})");

    private Addresses() {}

    public static ParsedText<InetSocketAddress> parse(String text) {
        Matcher parts = WHOLE.matcher(text);
        if (!parts.matches()) return new ParsedText.Other<>();
        int port = Integer.parseInt(parts.group("port"));
        if (port > 65535) return new ParsedText.Wrong<>("expected a port from 0 to 65535");
        String host = parts.group("host");
        if (host.isEmpty() || host.equals("*")) return new ParsedText.Value<>(new InetSocketAddress(port));
        return host.startsWith("[") || host.matches("[0-9.]+") ? literal(host, port) : named(host, port);
    }

    private static ParsedText<InetSocketAddress> literal(String host, int port) {
        String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return new ParsedText.Value<>(new InetSocketAddress(InetAddress.ofLiteral(literal), port));
        } catch (IllegalArgumentException _) {
            return new ParsedText.Wrong<>("expected an IP address, or nothing, before the port");
        }
    }

    private static ParsedText<InetSocketAddress> named(String host, int port) {
        try {
            return new ParsedText.Value<>(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException _) {
            return new ParsedText.Wrong<>(
                    "the host name before the port has no address; write an IP address, or only :port "
                            + "for every interface");
        }
    }

    static String show(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) return address.getHostString() + ":" + address.getPort();
        if (ip.isAnyLocalAddress()) return ":" + address.getPort();
        String host = ip.getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
