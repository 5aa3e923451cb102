package dev.fairlead.data.access;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An IP address of a client. IPv4 that is written as IPv6 (`::ffff:192.0.2.1`) is IPv4.
public final class IpAddress {
    /// Of a connection that has none.
    public static final IpAddress NONE = new IpAddress(new byte[0], "", "");

    private static final int IPV4 = 4;
    /// Providers give each subscriber at least so much of IPv6, with which one client could look like very many.
    private static final int SUBSCRIBER_BYTES = 8;

    private final byte[] bytes;
    private final String text;
    private final String group;

    private IpAddress(byte[] bytes, String text, String group) {
        this.bytes = bytes;
        this.text = text;
        this.group = group;
    }

    public static IpAddress of(InetAddress address) {
        byte[] bytes = plain(address.getAddress());
        String text = text(bytes);
        if (bytes.length == IPV4) return new IpAddress(bytes, text, text);
        byte[] subscriber = Arrays.copyOf(Arrays.copyOf(bytes, SUBSCRIBER_BYTES), bytes.length);
        return new IpAddress(bytes, text, text(subscriber) + "/64");
    }

    /// @return null when the text is no address, or more than one: with a port, a zone, brackets
    public static @Nullable IpAddress parse(String literal) {
        if (literal.isEmpty() || literal.indexOf('%') >= 0 || literal.indexOf('[') >= 0) return null;
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
        return bytes == null ? null : of(inet(bytes));
    }

    /// With a port behind it or none: `192.0.2.1:1234`, `[2001:db8::1]:1234`.
    public static @Nullable IpAddress parseWithPort(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end > 0 && isPort(text, end + 1) && text.lastIndexOf(':', end) > 0
                    ? parse(text.substring(1, end))
                    : null;
        }
        int colon = text.indexOf(':');
        boolean hasPort = colon > 0 && text.indexOf(':', colon + 1) < 0;
        if (!hasPort) return parse(text);
        return isPort(text, colon) ? parse(text.substring(0, colon)) : null;
    }

    private static boolean isPort(String text, int at) {
        if (at == text.length()) return true;
        if (text.charAt(at) != ':' || text.length() - at > 6) return false;
        for (int i = at + 1; i < text.length(); i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        return true;
    }

    private static byte[] plain(byte[] bytes) {
        return inet(bytes).getAddress();
    }

    private static String text(byte[] bytes) {
        return NetUtil.toAddressString(inet(bytes));
    }

    private static InetAddress inet(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException("expected 4 or 16 bytes, found " + bytes.length, impossible);
        }
    }

    /// As it stands in logs.
    public String text() {
        return text;
    }

    /// What counts as one client: the address, or of IPv6 the /64 that it lies in.
    public String group() {
        return group;
    }

    int bits() {
        return bytes.length * Byte.SIZE;
    }

    /// Whether the first `bits` are those of `other`.
    boolean begins(IpAddress other, int bits) {
        if (bytes.length != other.bytes.length) return false;
        int whole = bits / Byte.SIZE;
        if (!Arrays.equals(bytes, 0, whole, other.bytes, 0, whole)) return false;
        int rest = bits % Byte.SIZE;
        return rest == 0 || (bytes[whole] ^ other.bytes[whole]) >> (Byte.SIZE - rest) == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return text;
    }
}
