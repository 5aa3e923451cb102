package dev.fairlead.data.rpc;

import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Client;

/// Who sent a message, and what its calls may reach.
public sealed interface MessageSender {
    Client client();

    record LetIn(Client client, ChainOfPath chain) implements MessageSender {}

    /// Each of its calls is refused, and with them the message as a whole.
    record KeptOut(Client client, Refused refused) implements MessageSender {}
}
