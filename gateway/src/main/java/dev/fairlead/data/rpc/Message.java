package dev.fairlead.data.rpc;

/// What a client's message turned out to be.
public sealed interface Message permits CallOrBatch, Message.Unfit {
    /// No call is made of it; the whole of it gets this one answer.
    record Unfit(RpcAnswer answer) implements Message {}
}
