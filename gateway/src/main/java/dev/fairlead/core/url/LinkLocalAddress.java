package dev.fairlead.core.url;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Link-local addresses and those of metadata services. No node lives there; clouds give their machines data
/// there, secrets too. Declaring a node must not make the gateway call them.
public final class LinkLocalAddress {
    /// The refusal of a URL that leads there.
    public static final String REFUSAL = "expected the address of a node, found a link-local or metadata address; "
            + "if a node does live there, set upstream.allow_link_local";

    private static final Set<String> NAMES = Set.of(
            "instance-data",
            "instance-data.ec2.internal",
            "metadata",
            "metadata.azure.com",
            "metadata.goog",
            "metadata.google.internal",
            "metadata.platformequinix.com",
            "metadata.tencentyun.com");
    private static final List<String> ADDRESSES =
            List.of("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254");

    private LinkLocalAddress() {}

    /// Judged by what is written in the URL; a name is looked up only when it is dialled.
    public static boolean isNamed(@Nullable URI url) {
        if (url == null || url.getHost() == null) return false;
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) return isLiteral(host.substring(1, host.length() - 1));
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return NAMES.contains(name) || isLiteral(name);
    }

    private static boolean isLiteral(String host) {
        int zone = host.indexOf('%');
        try {
            return holds(InetAddress.ofLiteral(zone < 0 ? host : host.substring(0, zone)));
        } catch (IllegalArgumentException noLiteral) {
            return false;
        }
    }

    public static boolean holds(InetAddress address) {
        return isRefused(address) || isRefused(embedded(address));
    }

    private static boolean isRefused(@Nullable InetAddress address) {
        if (address == null) return false;
        return address.isLinkLocalAddress()
                || ADDRESSES.stream().map(InetAddress::ofLiteral).anyMatch(address::equals);
    }

    /// The IPv4 address that an IPv6 one stands for: mapped, compatible, NAT64 or 6to4.
    private static @Nullable InetAddress embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != 16) return null;
        String hex = HexFormat.of().formatHex(bytes);
        boolean last = hex.startsWith("00000000000000000000")
                || hex.startsWith("0064ff9b0000000000000000")
                || hex.startsWith("0064ff9b0001");
        if (!last && !hex.startsWith("2002")) return null;
        byte[] four = last ? Arrays.copyOfRange(bytes, 12, 16) : Arrays.copyOfRange(bytes, 2, 6);
        try {
            return InetAddress.getByAddress(four);
        } catch (UnknownHostException never) {
            throw new IllegalStateException("four bytes are an address", never);
        }
    }
}
