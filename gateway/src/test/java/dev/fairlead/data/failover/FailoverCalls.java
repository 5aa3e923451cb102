package dev.fairlead.data.failover;

/// What failover tests call.
final class FailoverCalls {
    static final String CALL = "eth_getBalance";
    static final String LATEST = "[\"0x0000000000000000000000000000000000000001\",\"latest\"]";

    private FailoverCalls() {}
}
