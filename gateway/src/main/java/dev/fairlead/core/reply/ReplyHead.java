package dev.fairlead.core.reply;

import org.jspecify.annotations.Nullable;

/// What the bytes at hand say about the head of a reply.
public sealed interface ReplyHead {
    /// Longest head that is read without Netty's decoder.
    int LONGEST = 4096;

    /// The head of a reply as nearly every node sends it: HTTP/1.1, a status that has a body, one length or chunks, and
    /// nothing that changes the meaning of the bytes behind it.
    ///
    /// @param size of the head, the empty line included
    /// @param length of the body, or -1 when it comes in chunks
    /// @param lasting whether the connection may be used again
    /// @param retryAfter value of that header
    record Plain(
            int size,
            int status,
            long length,
            boolean lasting,
            @Nullable String retryAfter) implements ReplyHead {}

    enum Other implements ReplyHead {
        /// Plain so far, but not complete.
        UNFINISHED,
        /// Anything else, legal or not: Netty's decoder decides.
        UNUSUAL
    }
}
