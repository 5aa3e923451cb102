package dev.fairlead.core.fleet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the health monitor concluded about one node, and the evidence for it.
public sealed interface Verdict {
    /// All that [#word()] may be.
    List<String> WORDS = Stream.of(Kind.values()).map(Kind::word).toList();

    record Ready(Head head, Lag lag) implements Verdict {}

    /// Alive, but further behind the leader than its chain tolerates.
    record Lagging(Head head, Lag lag, String reason) implements Verdict {}

    /// Says itself that it has not caught up, and is indeed behind.
    record Syncing(Head head, Lag lag) implements Verdict {}

    /// On another branch than the leader or the majority, or implausibly far ahead of them.
    record Forked(Head head, String reason) implements Verdict {}

    /// Answers for another chain (EIP-155 id or genesis): it never serves.
    record WrongChain(String expected, String found) implements Verdict {
        /// No node at all: its URL leads back to this gateway.
        public static final WrongChain ITSELF = new WrongChain("a node", "this gateway itself behind its URL");

        /// @param listener where it leads to, or null when that is not known
        public static WrongChain itself(@Nullable OwnListener listener) {
            return listener == null ? ITSELF : new WrongChain(ITSELF.expected, ITSELF.found + ": " + listener.words());
        }

        public boolean isItself() {
            return expected.equals(ITSELF.expected) && found.startsWith(ITSELF.found);
        }
    }

    record Unreachable(String cause, Instant since) implements Verdict {}

    /// Not asked, because its plan allows no more requests for now: it may be as well as ever.
    record Spent(String reason) implements Verdict {}

    /// Not judged yet.
    record Unknown(String reason) implements Verdict {}

    /// Which verdict it is, without its evidence: one for each of the records above.
    enum Kind {
        READY("ready"),
        LAGGING("lagging"),
        SYNCING("syncing"),
        FORKED("forked"),
        WRONG_CHAIN("wrong-chain"),
        UNREACHABLE("unreachable"),
        SPENT("spent"),
        UNKNOWN("unknown");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// As labels, tables, the store and the API have it.
        public String word() {
            return word;
        }
    }

    default Kind kind() {
        return switch (this) {
            case Ready _ -> Kind.READY;
            case Lagging _ -> Kind.LAGGING;
            case Syncing _ -> Kind.SYNCING;
            case Forked _ -> Kind.FORKED;
            case WrongChain _ -> Kind.WRONG_CHAIN;
            case Unreachable _ -> Kind.UNREACHABLE;
            case Spent _ -> Kind.SPENT;
            case Unknown _ -> Kind.UNKNOWN;
        };
    }

    default boolean ready() {
        return switch (this) {
            case Ready _ -> true;
            case Lagging _, Syncing _, Forked _, WrongChain _, Unreachable _, Spent _, Unknown _ -> false;
        };
    }

    default boolean judged() {
        return switch (this) {
            case Spent _, Unknown _ -> false;
            case Ready _, Lagging _, Syncing _, Forked _, WrongChain _, Unreachable _ -> true;
        };
    }

    /// False for a node that stayed silent when it was asked last.
    default boolean reachable() {
        return switch (this) {
            case Unreachable _ -> false;
            case Ready _, Lagging _, Syncing _, Forked _, WrongChain _, Spent _, Unknown _ -> true;
        };
    }

    /// Whether it is not asked because its plan is used up.
    default boolean spent() {
        return switch (this) {
            case Spent _ -> true;
            case Ready _, Lagging _, Syncing _, Forked _, WrongChain _, Unreachable _, Unknown _ -> false;
        };
    }

    /// Whether the node may serve its chain one day: it does not belong to another one.
    default boolean onItsChain() {
        return switch (this) {
            case WrongChain _ -> false;
            case Ready _, Lagging _, Syncing _, Forked _, Unreachable _, Spent _, Unknown _ -> true;
        };
    }

    /// The head that the verdict was reached on, or null where there is none.
    default @Nullable Head head() {
        return switch (this) {
            case Ready(var head, var _) -> head;
            case Lagging(var head, var _, var _) -> head;
            case Syncing(var head, var _) -> head;
            case Forked(var head, var _) -> head;
            case WrongChain _, Unreachable _, Spent _, Unknown _ -> null;
        };
    }

    /// How far behind the reference the head is, or null where the verdict does not say.
    default @Nullable Lag lag() {
        return switch (this) {
            case Ready(var _, var lag) -> lag;
            case Lagging(var _, var lag, var _) -> lag;
            case Syncing(var _, var lag) -> lag;
            case Forked _, WrongChain _, Unreachable _, Spent _, Unknown _ -> null;
        };
    }

    /// The word that labels, tables and the API use: `ready`, `lagging`, `wrong-chain` …
    default String word() {
        return kind().word();
    }

    /// The evidence as one line for a person.
    default String evidence() {
        return switch (this) {
            case Ready(var head, var lag) -> "block " + head.number() + ", " + behind(lag);
            case Lagging(var _, var _, var reason) -> reason;
            case Syncing(var head, var lag) -> "syncing at block " + head.number() + ", " + behind(lag);
            case Forked(var _, var reason) -> reason;
            case WrongChain(var expected, var found) -> "expected " + expected + ", found " + found;
            case Unreachable(var cause, var since) -> cause + ", since " + since.truncatedTo(ChronoUnit.SECONDS);
            case Spent(var reason) -> reason;
            case Unknown(var reason) -> reason;
        };
    }

    private static String behind(Lag lag) {
        if (lag.blocks() == 0) return "at the head";
        if (lag.blocks() < 0) return "at the head (" + -lag.blocks() + " newer than the reference)";
        return blocks(lag.blocks()) + " behind (" + lag.time().toSeconds() + " s)";
    }

    private static String blocks(long number) {
        return number + (number == 1 ? " block" : " blocks");
    }
}
