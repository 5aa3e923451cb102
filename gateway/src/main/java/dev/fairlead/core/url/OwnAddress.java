package dev.fairlead.core.url;

import dev.fairlead.core.fleet.OwnListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An address that this gateway listens at. A URL may lead back in ways that its text does not show; where the
/// text shows it, the operator is told at once.
public record OwnAddress(OwnListener listener, InetSocketAddress at) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// What an operator should know of a node at `url`, or nothing.
    public static Optional<String> remark(List<OwnAddress> own, URI url) {
        return own.stream()
                .filter(address -> address.isMeantBy(url))
                .findFirst()
                .map(address -> "this is the gateway itself, " + address.listener.words()
                        + ", so it will never be asked; give the node's URL");
    }

    /// Whether `url` names this address: by another name for the same machine too.
    boolean isMeantBy(URI url) {
        if (url.getHost() == null || at.getAddress() == null || at.getPort() == 0 || port(url) != at.getPort()) {
            return false;
        }
        InetAddress own = at.getAddress();
        InetAddress named = literal(url.getHost());
        if (named == null) return isLocalName(url.getHost()) && takesLocal(own);
        if (named.equals(own)) return true;
        if (named.isAnyLocalAddress()) return takesLocal(own);
        return named.isLoopbackAddress() && own.isAnyLocalAddress();
    }

    private static boolean takesLocal(InetAddress own) {
        return own.isAnyLocalAddress() || own.isLoopbackAddress();
    }

    private static boolean isLocalName(String host) {
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return bare.equalsIgnoreCase("localhost")
                || bare.toLowerCase(Locale.ROOT).endsWith(".localhost");
    }

    private static @Nullable InetAddress literal(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return InetAddress.ofLiteral(bare);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) return url.getPort();
        return url.getScheme().equals("https") || url.getScheme().equals("wss") ? HTTPS : HTTP;
    }
}
