package dev.fairlead.data.server;

import dev.fairlead.data.http.ConnectionCosts;

/// How many client connections there is memory for: besides the heap's budget for calls, connections may take
/// half as much.
///
/// @param budget bytes, of the heap's budget
/// @param encrypted whether connections are by TLS
public record ConnectionRoom(long budget, boolean encrypted) {
    int most() {
        return (int) Math.min(Integer.MAX_VALUE, budget / 2 / each());
    }

    /// Whether memory allows fewer connections than the other bounds do.
    public boolean isLessThan(int others) {
        return most() < others;
    }

    /// The sum, in words for the operator.
    public String describe() {
        return "memory has room for " + most() + " client connections at once: each takes " + each() / 1024
                + " KiB, all together half of memory.heap (" + budget / 1024 / 1024
                + " MiB) beside it; for more, raise -Xmx (FAIRLEAD_JAVA_OPTS) or memory.heap";
    }

    private int each() {
        return encrypted ? ConnectionCosts.CONNECTION + ConnectionCosts.TLS : ConnectionCosts.CONNECTION;
    }
}
