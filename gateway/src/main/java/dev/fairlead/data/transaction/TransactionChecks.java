package dev.fairlead.data.transaction;

import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.call.CallWorkers;
import dev.fairlead.data.limit.SenderLimits;

/// What the checks of all submissions share.
public record TransactionChecks(
        SenderLimits limits, CallWorkers workers, WebhookClient webhooks, RefusedTransactions refused, Events events) {}
