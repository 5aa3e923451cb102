package dev.fairlead.core.url;

import dev.fairlead.core.fleet.Node;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// Recognises the nodes of well-known providers, so that a URL alone tells that a node is rented.
public final class RentedHosts {
    /// A host is a provider's when it is one of these domains or lies below one.
    public static final List<String> DOMAINS = List.of(
            "alchemy.com",
            "alchemyapi.io",
            "ankr.com",
            "blastapi.io",
            "blockdaemon.com",
            "blockpi.network",
            "blxrbdn.com",
            "chainnodes.org",
            "chainstack.com",
            "cloudflare-eth.com",
            "drpc.org",
            "dwellir.com",
            "figment.io",
            "flashbots.net",
            "getblock.io",
            "grove.city",
            "infura.io",
            "llamarpc.com",
            "merkle.io",
            "moralis-nodes.com",
            "nodereal.io",
            "nodies.app",
            "nownodes.io",
            "omniatech.io",
            "onfinality.io",
            "p2pify.com",
            "pokt.network",
            "publicnode.com",
            "quicknode.com",
            "quiknode.pro",
            "rpcfast.com",
            "tatum.io",
            "tenderly.co",
            "thirdweb.com",
            "validationcloud.io",
            "zan.top");

    private RentedHosts() {}

    public static boolean isRented(URI url) {
        if (url.getHost() == null) return false;
        String host = url.getHost().toLowerCase(Locale.ROOT);
        return DOMAINS.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }

    /// The role of a node whose declaration names none.
    public static Node.Role role(URI url) {
        return isRented(url) ? Node.Role.RENTED : Node.Role.OWN;
    }
}
