package dev.fairlead.control.admin.view;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where clients call, as far as the gateway knows.
///
/// @param url without a path; a star in it stands for any one label
/// @param chain the one that is meant where the path names none; null where the path has to name it
/// @param isOwn whether it works as it is, whatever names lead here
public record ClientUrl(String url, @Nullable String chain, boolean isOwn) {
    private static final int MOST = 20;
    private static final String BROUGHT = "KEY";
    /// Stands for a name that the gateway does not know: it listens on every interface of its machine.
    private static final String HOST = "HOST";
    private static final String ANY_LABEL = "*";

    /// @param hosts chains by host names
    /// @param isProxied whether others call on behalf of clients: it is they who have the certificate then, and
    /// the usual port
    public static List<ClientUrl> of(
            List<InetSocketAddress> listeners, Map<String, String> hosts, boolean tls, boolean isProxied) {
        var urls = new ArrayList<ClientUrl>();
        hosts.forEach((host, chain) -> {
            urls.add(new ClientUrl(ofHost(host, listeners, tls, isProxied), chain, false));
        });
        listeners.stream()
                .map(listener -> new ClientUrl(
                        scheme(tls) + text(listener.getAddress()) + port(listener, tls),
                        null,
                        !isProxied && listener.getAddress().isLoopbackAddress()))
                .distinct()
                .forEach(urls::add);
        return urls;
    }

    /// Where a key of all chains may be used: a handful of URLs that can be copied.
    ///
    /// @param key null for one that is not shown
    public static List<String> withKey(List<ClientUrl> urls, List<String> chains, @Nullable String key) {
        String last = "/" + (key == null ? BROUGHT : key);
        Set<String> byHost = new HashSet<>();
        for (ClientUrl url : urls) if (url.chain != null && !url.url.contains(ANY_LABEL)) byHost.add(url.chain);
        return urls.stream()
                .flatMap(url -> url.paths(chains, url.isOwn ? Set.of() : byHost).map(path -> url.url + path + last))
                .limit(MOST)
                .toList();
    }

    private Stream<String> paths(List<String> chains, Set<String> byHost) {
        if (chain != null) return chains.contains(chain) ? Stream.of("") : Stream.empty();
        if (chains.size() <= 1) return byHost.containsAll(chains) && !chains.isEmpty() ? Stream.empty() : Stream.of("");
        return chains.stream().filter(one -> !byHost.contains(one)).map(one -> "/" + one);
    }

    private static String ofHost(String host, List<InetSocketAddress> listeners, boolean tls, boolean isProxied) {
        if (isProxied || listeners.isEmpty()) return "https://" + host;
        return scheme(tls) + host + port(listeners.getFirst(), tls);
    }

    private static String scheme(boolean tls) {
        return tls ? "https://" : "http://";
    }

    private static String port(InetSocketAddress listener, boolean tls) {
        return listener.getPort() == (tls ? 443 : 80) ? "" : ":" + listener.getPort();
    }

    private static String text(InetAddress address) {
        if (address.isAnyLocalAddress()) return HOST;
        String text = address.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }
}
