package dev.fairlead.data.submission;

import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.call.Answer;

/// Gets the answer of a [Submission]: exactly one.
public interface SubmissionClient {
    /// Notes what the reply shows clients, and hands it on.
    ///
    /// @param reply a receipt, or what a node objected; owned from now on
    void noteAndServe(RunningAttempt from, Reply reply);

    void finish(Answer answer);
}
