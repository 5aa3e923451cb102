package dev.fairlead.core.upstream;

import dev.fairlead.core.fleet.Secrets;
import dev.fairlead.core.jsonrpc.OneLine;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Exceptions of the network as one short line for whoever is on call. Never says more of a URL than host and port.
final class Causes {
    private static final Logger log = LoggerFactory.getLogger("fairlead.nodes");

    private static final List<String> OUR_LACKS = List.of(
            "too many open files",
            "out of memory",
            "outofmemory",
            "outofdirectmemory",
            "direct memory",
            "direct buffer memory",
            "cannot allocate memory",
            "no buffer space available",
            "cannot assign requested address",
            "address not available",
            "event loop shut down",
            "executor not accepting");

    /// Cut to what a person reads when the secrets in it are hidden: half of one could not be found any more.
    private static final int LONGEST = 4096;

    private Causes() {}

    /// A cause as it may be shown.
    static String shown(String cause, Secrets secrets) {
        return OneLine.of(secrets.hiddenIn(cause));
    }

    /// What went wrong, without the decoder in which it did.
    static Throwable root(Throwable failure) {
        Throwable root =
                failure instanceof DecoderException && failure.getCause() != null ? failure.getCause() : failure;
        if (root instanceof Error) log.error("a connection to a node met an error and is closed", root);
        return root;
    }

    /// Why no connection came about.
    static String connecting(Place place, Throwable failure) {
        return switch (failure) {
            case UnknownHostException _ -> "host name " + place.shownHost() + " cannot be resolved";
            case SSLException tls -> tls(place, tls);
            case NoRouteToHostException _ -> "no route to " + place;
            case ConnectException refused when says(refused, "refused") -> "connection refused by " + place;
            case SocketException reset when says(reset, "reset") -> "connection reset by " + place;
            case Throwable other when says(other, "reset") -> "connection reset by " + place;
            case Throwable lack when says(lack, "too many open files") -> noDescriptor(place);
            default -> "cannot connect to " + place + ": " + brief(failure);
        };
    }

    /// Why an open connection ended.
    static String breaking(Place place, @Nullable Throwable failure) {
        if (failure == null) return "connection closed by " + place;
        if (failure instanceof SSLException tls) return tls(place, tls);
        if (says(failure, "reset") || says(failure, "broken pipe")) return "connection reset by " + place;
        return "connection to " + place + " failed: " + brief(failure);
    }

    /// Not the node's fault.
    static String noDescriptor(Place place) {
        return "the gateway has no file descriptor left for a connection to " + place;
    }

    static String tls(Place place, Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof NotSslRecordException) return "TLS: " + place + " does not speak TLS";
            if (at instanceof CertificateExpiredException) return "TLS: certificate of " + place + " has expired";
            if (at instanceof CertPathBuilderException || says(at, "path building failed")) {
                return "TLS: certificate of " + place + " is not from a trusted authority";
            }
            if (says(at, "no subject alternative") || says(at, "no name matching")) {
                return "TLS: certificate of " + place + " is not valid for " + place.shownHost();
            }
        }
        return "TLS: " + place + ": " + brief(failure);
    }

    /// The reason behind one of our own causes: they travel as words, and are worded in this package.
    static Reason reason(String cause, Reason otherwise) {
        if (isOurs(cause)) return Reason.OURS;
        if (cause.startsWith("TLS")) return Reason.TLS;
        if (cause.startsWith("connection refused")) return Reason.REFUSED;
        if (cause.endsWith("cannot be resolved")) return Reason.UNKNOWN_HOST;
        boolean broken = cause.startsWith("connection ") || cause.startsWith("reply broke off");
        return broken ? Reason.BROKEN : otherwise;
    }

    /// What came back instead of an answer, without a word of where it came from; empty when nothing did.
    static String cameBack(String cause) {
        return cause.startsWith("reply ") || cause.startsWith("HTTP ") || cause.startsWith("answered ") ? cause : "";
    }

    /// Lacks of ours are worded here, by the pool, by the dialer, and by the system and Netty.
    private static boolean isOurs(String cause) {
        if (cause.startsWith("no free connection") || cause.startsWith("the gateway")) return true;
        if (cause.startsWith("too many new connections")) return true;
        String lower = cause.toLowerCase(Locale.ROOT);
        return OUR_LACKS.stream().anyMatch(lower::contains);
    }

    static String seconds(Duration time) {
        long millis = time.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private static boolean says(Throwable failure, String words) {
        return failure.getMessage() != null
                && failure.getMessage().toLowerCase(Locale.ROOT).contains(words);
    }

    private static String brief(Throwable failure) {
        String text = failure.getMessage();
        if (text == null) return failure.getClass().getSimpleName();
        String line = text.lines().findFirst().orElse("");
        return line.substring(0, Math.min(LONGEST, line.length()));
    }
}
