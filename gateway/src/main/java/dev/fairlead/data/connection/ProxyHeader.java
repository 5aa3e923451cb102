package dev.fairlead.data.connection;

import dev.fairlead.data.access.IpAddress;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a proxy says of a connection before anything else, by the PROXY protocol, version 1 or 2
/// (https://www.haproxy.org/download/1.8/doc/proxy-protocol.txt).
sealed interface ProxyHeader {
    ProxyHeader INCOMPLETE = new Incomplete();
    ProxyHeader ABSENT = new Absent();
    ProxyHeader BAD = new Bad();

    /// @param client on whose behalf the proxy opened the connection
    /// @param length bytes of the header
    record Found(IpAddress client, int length) implements ProxyHeader {}

    /// The proxy opened the connection for itself, or does not say for whom.
    ///
    /// @param length bytes of the header
    record Own(int length) implements ProxyHeader {}

    record Incomplete() implements ProxyHeader {}

    /// The connection begins with something else.
    record Absent() implements ProxyHeader {}

    record Bad() implements ProxyHeader {}

    /// Reads at the beginning of a connection, and takes nothing.
    static ProxyHeader of(ByteBuf in) {
        if (begins(in, Text.START)) return in.readableBytes() < Text.START.length ? INCOMPLETE : Text.read(in);
        if (begins(in, Binary.START)) return in.readableBytes() < Binary.HEAD ? INCOMPLETE : Binary.read(in);
        return ABSENT;
    }

    private static boolean begins(ByteBuf in, byte[] start) {
        int there = Math.min(in.readableBytes(), start.length);
        for (int i = 0; i < there; i++) if (in.getByte(in.readerIndex() + i) != start[i]) return false;
        return true;
    }

    /// Version 1: one line of text.
    final class Text {
        private static final byte[] START = "PROXY ".getBytes(StandardCharsets.US_ASCII);
        private static final int LONGEST = 107;

        private Text() {}

        private static ProxyHeader read(ByteBuf in) {
            int most = Math.min(in.readableBytes(), LONGEST);
            String line = in.toString(in.readerIndex(), most, StandardCharsets.US_ASCII);
            int end = line.indexOf("\r\n");
            if (end < 0) return most == LONGEST ? BAD : INCOMPLETE;
            String[] words = line.substring(0, end).split(" ", -1);
            if (words[1].equals("UNKNOWN")) return new Own(end + 2);
            if (words.length != 6 || !isPort(words[4]) || !isPort(words[5])) return BAD;
            IpAddress client = address(words[1], words[2]);
            return client == null || address(words[1], words[3]) == null ? BAD : new Found(client, end + 2);
        }

        private static @Nullable IpAddress address(String family, String text) {
            boolean legal = switch (family) {
                case "TCP4" -> text.indexOf(':') < 0;
                case "TCP6" -> text.indexOf(':') >= 0;
                default -> false;
            };
            return legal ? IpAddress.parse(text) : null;
        }

        private static boolean isPort(String text) {
            return text.matches("0|[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65535;
        }
    }

    /// Version 2: 16 bytes, and as many as these announce.
    final class Binary {
        private static final byte[] START = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};
        private static final int HEAD = 16;
        /// Proxies add some hundreds of bytes of their own at the most.
        private static final int LONGEST = 2048;

        private static final int LOCAL = 0x20;
        private static final int PROXY = 0x21;

        private Binary() {}

        private static ProxyHeader read(ByteBuf in) {
            int at = in.readerIndex();
            int command = in.getUnsignedByte(at + START.length);
            int family = in.getUnsignedByte(at + START.length + 1);
            int length = in.getUnsignedShort(at + START.length + 2);
            if ((command != LOCAL && command != PROXY) || length > LONGEST) return BAD;
            if (in.readableBytes() < HEAD + length) return INCOMPLETE;
            if (command == LOCAL) return new Own(HEAD + length);
            return switch (family) {
                case 0x11 -> found(in, at + HEAD, 4, length);
                case 0x21 -> found(in, at + HEAD, 16, length);
                case 0x00, 0x31, 0x32 -> new Own(HEAD + length); // unknown, or sockets of files
                default -> BAD;
            };
        }

        /// Two addresses, two ports, and whatever else the proxy tells.
        private static ProxyHeader found(ByteBuf in, int at, int size, int length) {
            if (length < 2 * size + 4) return BAD;
            byte[] client = new byte[size];
            in.getBytes(at, client);
            try {
                return new Found(IpAddress.of(InetAddress.getByAddress(client)), HEAD + length);
            } catch (UnknownHostException impossible) {
                throw new IllegalStateException("an address of " + size + " bytes", impossible);
            }
        }
    }
}
