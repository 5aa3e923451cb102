package dev.fairlead;

import dev.fairlead.cli.Gateways.Running;
import dev.fairlead.config.keys.Settings;
import dev.fairlead.control.admin.AdminServer;
import dev.fairlead.control.admin.view.ClientUrl;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.url.OwnAddress;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.server.Server;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A gateway that serves, as the commands see it.
record Gateway(
        Server server,
        AdminServer adminServer,
        Board<Fleet> fleet,
        Reload reloader,
        boolean tls,
        CompletableFuture<@Nullable Void> broken,
        Faults faults,
        Closer closing)
        implements Running {
    @Override
    public List<String> endpoints() {
        return endpoints(Settings.ownAddresses(server.addresses(), adminServer.address()), tls);
    }

    /// URLs at which clients call, without a path.
    static List<String> endpoints(List<OwnAddress> own, boolean tls) {
        return listeners(own).stream()
                .map(address -> url(tls ? "https" : "http", address))
                .toList();
    }

    /// Where clients call, by the names that operators gave this gateway too.
    static List<ClientUrl> clientUrls(List<OwnAddress> own, ServerConfig server) {
        boolean isProxied = !server.trustedProxies().isEmpty();
        return ClientUrl.of(listeners(own), server.hosts(), server.tls() != null, isProxied);
    }

    private static List<InetSocketAddress> listeners(List<OwnAddress> own) {
        return own.stream()
                .filter(address -> address.listener() == OwnListener.CLIENTS)
                .map(OwnAddress::at)
                .toList();
    }

    @Override
    public String admin() {
        return url("http", adminServer.address());
    }

    @Override
    public boolean isWithoutNodes() {
        return fleet.now().chains().values().stream()
                .allMatch(chain -> chain.nodes().isEmpty());
    }

    @Override
    public List<String> reload() {
        return reloader.onSignal();
    }

    @Override
    public void onBroken(Runnable action) {
        broken.thenRunAsync(action);
    }

    @Override
    public void fault(String doing, Throwable fault) {
        faults.fault(Part.OTHER, doing, fault);
    }

    @Override
    public void close() {
        closing.close();
    }

    private static String url(String scheme, InetSocketAddress address) {
        String host = address.getAddress().isAnyLocalAddress()
                ? "0.0.0.0"
                : address.getAddress().getHostAddress();
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
