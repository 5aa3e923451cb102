package dev.fairlead.core.eth;

import java.util.Set;

/// Verbs of doing, as they stand in the names of methods: a method with such a word in its name may change
/// something, however the name begins.
final class DoingWords {
    private static final Set<String> VERBS = Set.of("""
            accept activate add append apply approve assign attach authorize ban borrow broadcast burn buy cancel clear
            close compact configure confirm connect consume create deactivate delegate delete deliver deploy destroy
            detach disable disconnect discard dispatch drop emit enable enqueue erase evict exec execute export finalize
            flush forward freeze generate grant import impersonate increase increment init initialize insert install
            invalidate invoke kick kill lock migrate mint modify mutate notify overwrite pause pay perform persist
            prepare propose prune publish push put reactivate rebroadcast redeem refresh refund register relay release
            reload remove rename renew replace rescan resend reset resign restart restore resubmit resume retry revoke
            rewind rollback rotate save schedule sell send set shutdown sign spend sponsor start stop submit subscribe
            switch terminate toggle transmit trigger unban undelegate undo uninstall unlock unpause unpin unregister
            unset unstake unsubscribe unwrap upload upsert wipe withdraw write""".split("\\s+"));

    /// Verbs that may be nouns: `bor_getVoteOnHash`, `zks_getBridgeContracts`.
    private static final Set<String> NOUNS = Set.of("""
            bridge change claim commit copy deposit do fill fund issue join leave make mine move notice open order pin
            place pop post process queue record report request revert run seal stake store swap sync tag trade transfer
            update upgrade vote wrap""".split("\\s+"));

    private DoingWords() {}

    /// @param word in small letters
    static boolean has(String word) {
        return VERBS.contains(word);
    }

    /// Whether it is such a verb when it follows a word such as `and`.
    static boolean mayBe(String word) {
        return has(word) || NOUNS.contains(word);
    }
}
