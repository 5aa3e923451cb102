package dev.fairlead;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.List;

/// Where clients will be listened to, until they are: a node at such an address is this gateway itself, and silent only
/// because its listener is not open yet.
final class UnopenedListeners {
    private volatile List<InetSocketAddress> addresses;

    UnopenedListeners(List<InetSocketAddress> addresses) {
        this.addresses = List.copyOf(addresses);
    }

    /// From now on a request that comes back is known by its mark.
    void opened() {
        addresses = List.of();
    }

    /// Whether one of them would answer there. May ask the name service, so not for event loops.
    boolean areAt(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
        if (url.getHost() == null) return false;
        for (InetSocketAddress listener : addresses) {
            if (listener.getPort() == port && isAt(listener.getAddress(), url.getHost())) return true;
        }
        return false;
    }

    private static boolean isAt(InetAddress listener, String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (listener.isAnyLocalAddress() ? isOurs(address) : listener.equals(address)) return true;
            }
            return false;
        } catch (IOException _) {
            return false; // a name that is not known leads nowhere
        }
    }

    private static boolean isOurs(InetAddress address) throws IOException {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || NetworkInterface.getByInetAddress(address) != null;
    }
}
