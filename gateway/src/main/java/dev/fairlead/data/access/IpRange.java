package dev.fairlead.data.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Addresses that begin alike, as CIDR writes them: `10.0.0.0/8`, `2001:db8::/32`, or one alone.
public record IpRange(IpAddress first, int bits) {
    /// As a regular expression, for schemas; not each text of this form is one.
    public static final String FORM = "[0-9A-Fa-f:.]+(/[0-9]{1,3})?";

    /// @return null when the text is no range
    public static @Nullable IpRange parse(String text) {
        int slash = text.indexOf('/');
        IpAddress first = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (first == null) return null;
        if (slash < 0) return new IpRange(first, first.bits());
        String digits = text.substring(slash + 1);
        if (!digits.matches("[0-9]{1,3}")) return null;
        int bits = Integer.parseInt(digits);
        return bits > first.bits() ? null : new IpRange(first, bits);
    }

    public boolean contains(IpAddress address) {
        return first.begins(address, bits);
    }

    public static boolean contain(List<IpRange> ranges, IpAddress address) {
        for (IpRange range : ranges) if (range.contains(address)) return true;
        return false;
    }

    @Override
    public String toString() {
        return bits == first.bits() ? first.text() : first.text() + "/" + bits;
    }
}
