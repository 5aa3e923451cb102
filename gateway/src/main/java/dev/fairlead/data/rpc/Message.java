package dev.fairlead.data.rpc;

/// What a client's message is found to be.
public sealed interface Message permits CallOrBatch, Message.Unfit {
    /// No call can be made of it; the whole message gets this one answer.
    record Unfit(RpcAnswer answer) implements Message {}
}
