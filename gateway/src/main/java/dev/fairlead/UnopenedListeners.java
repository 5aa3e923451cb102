package dev.fairlead;

import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.url.OwnAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Where the gateway will listen, until it does: a node at such an address is the gateway itself, and silent only
/// because its listener is not open yet.
final class UnopenedListeners {
    private volatile List<OwnAddress> addresses;

    UnopenedListeners(List<OwnAddress> addresses) {
        this.addresses = List.copyOf(addresses);
    }

    /// From now on a request that comes back is known by its mark.
    void opened() {
        addresses = List.of();
    }

    /// The listener that will answer at that URL. May ask the name service, so not for event loops.
    Optional<OwnListener> at(URI url) {
        return addresses.stream()
                .filter(own -> OwnAddress.remark(List.of(own), url).isPresent() || isAt(own.at(), url))
                .map(OwnAddress::listener)
                .findFirst();
    }

    private static boolean isAt(InetSocketAddress own, URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
        if (own.isUnresolved() || own.getPort() != port || url.getHost() == null) return false;
        try {
            for (InetAddress address : InetAddress.getAllByName(url.getHost())) {
                if (own.getAddress().isAnyLocalAddress()
                        ? isOfThisMachine(address)
                        : own.getAddress().equals(address)) return true;
            }
            return false;
        } catch (IOException _) {
            return false; // a name that is not known leads nowhere
        }
    }

    private static boolean isOfThisMachine(InetAddress address) throws IOException {
        return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    }
}
