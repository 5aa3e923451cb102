package dev.fairlead.core.net;

import java.net.UnknownHostException;

/// No DNS server answered, so that nothing is known of a name.
final class DnsSilence extends UnknownHostException {
    private static final long serialVersionUID = 1;

    DnsSilence(String servers) {
        super("no DNS server answered (" + servers + ", from /etc/resolv.conf)");
    }
}
