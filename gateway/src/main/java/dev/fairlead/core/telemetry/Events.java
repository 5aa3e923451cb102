package dev.fairlead.core.telemetry;

import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.jwt.TokenFault;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What happens, told once where it is decided. Implementations count, log and trace; they never block, never
/// throw, and may be called from any thread. No event has a default, so that each implementation must say what
/// it does with a new one.
public interface Events {
    /// A client's call has its answer. Told once for each call, batch elements included.
    void callEnded(CallEnded call);

    /// One attempt at one node ended.
    void attemptEnded(AttemptEnded attempt);

    /// An HTTP exchange with a client ended that carried no call: health checks, bad paths, bodies that were
    /// refused.
    void httpAnswered(int status);

    void connections(int change);

    /// A client's connection was not served.
    ///
    /// @param detail for the operator; one of few texts
    void turnedAway(TurnedAway why, String detail);

    /// The event loops, without which nothing is served, are in order or not; told when that changes.
    ///
    /// @param fault what is amiss, or null when all is well again
    /// @param detail what a stuck loop is doing, for the log alone
    void eventLoops(@Nullable String fault, String detail);

    /// A fault of the gateway's own: a bug, or an error of the JVM.
    ///
    /// @param doing what went wrong
    void fault(Part part, String doing, Throwable fault);

    void batch(int size);

    /// A call was refused because its caller had no credits left.
    ///
    /// @param limit where it is declared
    void limited(String limit, String tenant);

    /// A call was refused because its method is not open to its caller; told once in a while for methods of one
    /// family.
    ///
    /// @param method the caller's word, which may be anything; "a request" where its sender alone decided
    /// @param because what decided, and what would open it
    void closed(String chain, String tenant, String method, String because);

    /// A transaction was not let through to a node.
    ///
    /// @param rule the one that it does not keep; one of few words
    void transactionRefused(String chain, String rule);

    /// A webhook was asked about a submission.
    ///
    /// @param outcome allowed, denied or failed
    void webhookAnswered(String outcome, long nanos);

    /// A webhook gave no verdict on a submission.
    void unchecked(Unchecked submission);

    /// A caller's token was refused.
    ///
    /// @param client what counts as one
    /// @param whose what the token says of itself, as [TokenCheck#whose] has it; empty where nothing is known
    void tokenRefused(TokenFault why, String client, Supplier<String> whose);

    /// The keys of tenants' tokens that are fetched from a URL: told when they are there, change, cannot be
    /// fetched for a new reason, or can be again.
    ///
    /// @param tenants their names
    /// @param url without secrets
    /// @param isFault whether they cannot be fetched
    void tokenKeys(String tenants, String url, boolean isFault, String what);

    /// A tenant has taken so many per cent of what it may take in a day.
    ///
    /// @param quota credits
    void quota(String tenant, int percent, long quota);

    /// A node, or the leaders and rented nodes of a chain together, were asked so many per cent of what they
    /// may be asked in a day.
    ///
    /// @param node null for those together
    /// @param daily credits
    void spending(String chain, @Nullable String node, int percent, long daily);

    /// The Redis that shares limits with other gateways is reached, or not any more; told when that changes.
    ///
    /// @param reason why it is not, without secrets
    void redis(boolean isReached, String reason);

    /// The gateway itself stops using a node for a while after failures.
    void ejected(NodeId node, String cause, Duration until);

    void readmitted(NodeId node);

    /// The gateway stops using a node for calls that need one service, because it failed many that others
    /// answered.
    void spared(NodeId node, Service service, String cause);

    /// No node of a group is fit to serve, and the least bad one is used rather than none; told when it begins
    /// and ends.
    void panic(String chain, String group, boolean active);

    /// No node of a group is asked, because those that could serve have had all that their plans allow; told
    /// when it begins and ends.
    void plansSpent(String chain, String group, boolean active);

    /// Calls go to a chain's leader because no other node can serve; told when it begins and ends.
    void lastResort(String chain, boolean active);

    void verdict(NodeId node, Verdict before, Verdict after);

    /// A node's pending block fell behind its newest, or is level with it again.
    ///
    /// @param behind blocks, or 0
    void pending(NodeId node, long behind);

    void reference(String chain, Reference before, Reference after);

    /// @param since when the whole chain was last seen to move, or null when it moves again
    void stalled(String chain, @Nullable Instant since);

    /// A chain was found to have the same id as others, so that the path of that id leads to none of them.
    ///
    /// @param others names, with commas between them
    void sharedId(String chain, long id, String others);

    /// Something an operator ordered was done: `added mainnet/geth-1`, `reloaded: …`.
    void order(String who, String what);

    /// How a call is named in answers and log lines.
    static String name(long serial) {
        return Long.toString(serial, Character.MAX_RADIX);
    }

    /// @param requestId what the client calls it, or null
    /// @param chain empty when the path named none that exists
    /// @param outcome served, objected, refused or failed, as in [Ending]
    /// @param node the one whose answer or objection went back, or null
    /// @param attempts as `dispatch.attempts` counts them
    /// @param lookUps what nodes were asked besides for the call's sake
    /// @param code JSON-RPC error code in the answer, or 0 for a result
    /// @param message of that error, or null
    /// @param tenant on whose behalf it was made
    /// @param key alias of the caller's key, or null for whoever brought none
    /// @param paramsDigest short digest that recognises equal params without showing them; null when it was served
    /// @param refusal what for it was refused or failed, in one of few words; null when it was not
    /// @param credits that were taken of its tenant's day
    record CallEnded(
            long serial,
            @Nullable String requestId,
            String chain,
            String method,
            Ending outcome,
            @Nullable NodeId node,
            int attempts,
            int lookUps,
            int code,
            @Nullable String message,
            int status,
            long nanos,
            String tenant,
            @Nullable String key,
            String client,
            @Nullable String origin,
            @Nullable String paramsDigest,
            @Nullable String refusal,
            int credits) {}

    /// A submission on which its webhook gave no verdict.
    ///
    /// @param method the one that brought it
    /// @param transactions by their hashes, as a log line names them; of many the first ones
    /// @param url the webhook's, without secrets
    /// @param cause why there is no verdict; one of few texts
    record Unchecked(
            long serial,
            String chain,
            String tenant,
            @Nullable String key,
            String client,
            String method,
            String transactions,
            String url,
            String cause,
            Then then,
            long nanos) {
        /// What became of it.
        public enum Then {
            /// As `on_failure = "open"` says.
            SENT("sent", "goes on unchecked"),
            /// As `on_failure = "closed"` says.
            REFUSED("refused", "is refused"),
            /// Its time was over, or nobody waits for it any more.
            DROPPED("dropped", "is not sent: its call is over");

            private final String word;
            private final String text;

            Then(String word, String text) {
                this.word = word;
                this.text = text;
            }

            /// As it stands in labels and log lines.
            public String word() {
                return word;
            }

            /// What is said of it behind its name.
            String text() {
                return text;
            }
        }
    }

    /// Why a client's connection was not served.
    enum TurnedAway {
        LIMIT("limit"),
        DESCRIPTORS("descriptors"),
        NOT_ACCEPTED("not-accepted");

        private final String word;

        TurnedAway(String word) {
            this.word = word;
        }

        /// As it stands in labels and log lines.
        public String word() {
            return word;
        }
    }

    enum Ending {
        SERVED("served"),
        /// No node answered, and the most telling objection went back.
        OBJECTED("objected"),
        REFUSED("refused"),
        FAILED("failed");

        private final String word;

        Ending(String word) {
            this.word = word;
        }

        /// As it stands in labels and log lines.
        public String word() {
            return word;
        }
    }

    /// @param outcome answered, declined, not-sent or unanswered
    /// @param reason complaint of a declining node or class of the failure, or null
    /// @param code JSON-RPC error code that the node gave, or 0
    record AttemptEnded(
            long serial,
            NodeId node,
            String method,
            int number,
            String outcome,
            @Nullable String reason,
            int status,
            int code,
            @Nullable String message,
            long nanos) {}
}
