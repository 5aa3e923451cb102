package dev.fairlead.fakenode;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// How a [FakeNode] treats a call. Behaviours are plain data and may be combined with [#and]:
/// `new Delay(ofSeconds(1)).and(new ErrorReply(-32000, "busy"))`.
///
/// In a batch a [Speech] or [Shape] affects the reply to its own call, a [Delivery] or [Batching] the whole answer.
/// A call is not acted upon (nothing is submitted) when its answer is replaced by a [Speech], or when a delivery
/// keeps it from being read: [Hang], [Reset], [Status], [RateLimitedHttp], [NotJson].
public sealed interface Behaviour {
    record Normal() implements Behaviour {}

    /// All of these at once; a later one wins where two disagree.
    record Together(List<Behaviour> parts) implements Behaviour {
        public Together {
            parts = List.copyOf(parts);
        }
    }

    /// Chooses by looking at the call, for example at its params.
    record Depends(Function<Received, Behaviour> choice) implements Behaviour {}

    default Behaviour and(Behaviour other) {
        return new Together(List.of(this, other));
    }

    /// What the node says instead of the true answer.
    sealed interface Speech extends Behaviour {}

    /// Any text as result, sent as it is: odd numbers, duplicate keys, even broken JSON.
    record Result(String rawJson) implements Speech {}

    /// A JSON-RPC error. `rawData` is sent as it is, and left out when empty.
    record ErrorReply(int code, String message, String rawData) implements Speech {
        public ErrorReply(int code, String message) {
            this(code, message, "");
        }
    }

    /// HTTP 200 with error -32005, the code of EIP-1474 for an exceeded limit.
    record RateLimitedRpc(String message) implements Speech {
        public RateLimitedRpc() {
            this("request rate limited");
        }
    }

    /// A string result of this many bytes, streamed as fast as the reader takes it, in flat memory.
    record HugeResult(long bytes) implements Speech {}

    /// How the reply object is written.
    sealed interface Shape extends Behaviour {}

    /// The id is `"wrong"`.
    record WrongId() implements Shape {}

    record NoId() implements Shape {}

    /// Nethermind's order: `{"jsonrpc":"2.0","result":1,"id":1}`.
    record IdLast() implements Shape {}

    /// `"error":null` beside a result, and `"result":null` beside an error, as some old nodes do.
    record NullBeside() implements Shape {}

    /// How the bytes of the answer travel. WebSockets know only [Hang], [HangAfterActing], [Delay], [Reset],
    /// [ResetAfterActing], [NotJson] and [ConnectionClose]; the others are ignored there.
    sealed interface Delivery extends Behaviour {}

    /// Reads the call and never answers; the connection stays open.
    record Hang() implements Delivery {}

    record HangAfterActing() implements Delivery {}

    /// Acts at once, answers later.
    record Delay(Duration by) implements Delivery {}

    /// Headers at once, then `bytes` bytes of body every `tick`.
    record SlowBody(int bytes, Duration tick) implements Delivery {}

    /// Closes the connection after this many bytes of body; Content-Length promises the whole.
    record CutBody(int afterBytes) implements Delivery {}

    /// Reads the request, then resets the connection (RST).
    record Reset() implements Delivery {}

    /// Does the work, then resets the connection without answering.
    record ResetAfterActing() implements Delivery {}

    /// HTTP 200 with a body that is not JSON-RPC.
    record NotJson(String text, String contentType) implements Delivery {}

    /// An HTTP answer without JSON-RPC. Headers override the default content type, `text/plain`.
    record Status(int code, String body, Map<String, String> headers) implements Delivery {
        public Status {
            headers = Map.copyOf(headers);
        }

        public Status(int code, String body) {
            this(code, body, Map.of());
        }
    }

    /// The proper JSON-RPC body under this HTTP status.
    record UnderStatus(int code) implements Delivery {}

    /// HTTP 429 with Retry-After in whole seconds.
    record RateLimitedHttp(Duration retryAfter) implements Delivery {}

    /// Chunked transfer coding with chunks of these sizes, over and over.
    record Chunked(List<Integer> sizes) implements Delivery {
        public Chunked {
            sizes = List.copyOf(sizes);
        }

        public static Chunked of(Integer... sizes) {
            return new Chunked(List.of(sizes));
        }
    }

    /// Compresses the body, whatever the caller accepts.
    record GzipReply() implements Delivery {}

    /// Answers with `Connection: close` and closes.
    record ConnectionClose() implements Delivery {}

    /// How the answers of a batch are put together. Single calls are answered normally.
    sealed interface Batching extends Behaviour {}

    /// One error object with id null instead of the array.
    record BatchSingleError(int code, String message) implements Batching {}

    record BatchReversed() implements Batching {}

    /// Leaves out the last `replies` replies.
    record BatchMissing(int replies) implements Batching {}
}
