package dev.fairlead.core.reply;

import dev.fairlead.core.jsonrpc.Slice;

/// The id under which one attempt travels: a number of ten digits that no other attempt on the connection has, so that
/// a node's late second reply fits no later call; `WireIds` makes them. The reply gets the client's id back.
///
/// @param clients raw JSON; `null` for a call that has none
public record WireId(int sent, Slice clients) {
    public static final int DIGITS = 10;
    /// All have the same number of digits, and fit where a node keeps ids in 32 bits.
    public static final int FIRST = 1_000_000_000;

    static WireId of(int sent, Slice clients) {
        return new WireId(sent, clients.isEmpty() ? Slice.NULL : clients);
    }

    /// Whether `id` is the one that was sent, as the JSON number that it was.
    boolean is(Slice id) {
        if (id.size() != DIGITS) return false;
        byte[] json = id.array();
        int from = id.from();
        long said = 0;
        for (int i = from; i < from + DIGITS; i++) {
            int digit = json[i] - '0';
            if (digit < 0 || digit > 9) return false;
            said = 10 * said + digit;
        }
        return said == sent;
    }
}
