package dev.fairlead.core.net;

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

/// Exceptions of the network as one short line for the person on call. Never says more of a URL than host and
/// port.
public final class NetworkErrors {
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

    /// Texts are cut to what people read only after the secrets in them are hidden: half of a secret could not
    /// be found any more.
    private static final int LONGEST = 4096;

    private static final String UNRESOLVED = " cannot be resolved";

    private NetworkErrors() {}

    /// A cause as it may be shown.
    public static String shown(String cause, Secrets secrets) {
        return OneLine.of(secrets.hiddenIn(cause));
    }

    /// What went wrong, without the decoder in which it did.
    public static Throwable root(Throwable failure) {
        Throwable root =
                failure instanceof DecoderException && failure.getCause() != null ? failure.getCause() : failure;
        if (root instanceof Error) log.error("a connection to a node met an error and is closed", root);
        return root;
    }

    /// Why no connection came about.
    static String connecting(HostPort address, Throwable failure) {
        return switch (failure) {
            case DnsSilence silence -> unresolved(address) + ": " + silence.getMessage();
            case UnknownHostException _ -> unresolved(address);
            case SSLException tls -> tls(address, tls);
            case NoRouteToHostException _ -> "no route to " + address;
            case ConnectException refused when says(refused, "refused") -> "connection refused by " + address;
            case SocketException reset when says(reset, "reset") -> "connection reset by " + address;
            case Throwable other when says(other, "reset") -> "connection reset by " + address;
            case Throwable lack when says(lack, "too many open files") -> noDescriptor(address);
            default -> "cannot connect to " + address + ": " + brief(failure);
        };
    }

    /// Nothing is known of where the node is.
    static String unresolved(HostPort address) {
        return "host name " + address.shownHost() + UNRESOLVED;
    }

    /// Why an open connection ended.
    public static String breaking(HostPort address, @Nullable Throwable failure) {
        if (failure == null) return "connection closed by " + address;
        if (failure instanceof SSLException tls) return tls(address, tls);
        if (says(failure, "reset") || says(failure, "broken pipe")) return "connection reset by " + address;
        return "connection to " + address + " failed: " + brief(failure);
    }

    /// Not the node's fault.
    static String noDescriptor(HostPort address) {
        return "the gateway has no file descriptor left for a connection to " + address;
    }

    static String tls(HostPort address, Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof NotSslRecordException) return "TLS: " + address + " does not speak TLS";
            if (at instanceof CertificateExpiredException) return "TLS: certificate of " + address + " has expired";
            if (at instanceof CertPathBuilderException || says(at, "path building failed")) {
                return "TLS: certificate of " + address + " is not from a trusted authority";
            }
            if (says(at, "no subject alternative") || says(at, "no name matching")) {
                return "TLS: certificate of " + address + " is not valid for " + address.shownHost();
            }
        }
        return "TLS: " + address + ": " + brief(failure);
    }

    /// The reason behind one of our own causes, which are passed on as text; all of their texts are made in
    /// this package.
    public static NoAnswerReason reason(String cause, NoAnswerReason otherwise) {
        if (isOurs(cause)) return NoAnswerReason.OURS;
        if (cause.startsWith("TLS")) return NoAnswerReason.TLS;
        if (cause.startsWith("connection refused")) return NoAnswerReason.REFUSED;
        if (cause.startsWith("host name ") && cause.contains(UNRESOLVED)) return NoAnswerReason.UNKNOWN_HOST;
        boolean broken = cause.startsWith("connection ") || cause.startsWith("reply broke off");
        return broken ? NoAnswerReason.BROKEN : otherwise;
    }

    /// What came back instead of an answer, without a word of where it came from; empty when nothing did.
    public static String cameBack(String cause) {
        return cause.startsWith("reply ") || cause.startsWith("HTTP ") || cause.startsWith("answered ") ? cause : "";
    }

    /// Whether something was lacking on our side. This class, the pool, the dialer, the system and Netty have
    /// words for that.
    private static boolean isOurs(String cause) {
        if (cause.startsWith("no free connection") || cause.startsWith("the gateway")) return true;
        if (cause.startsWith("too many new connections")) return true;
        String lower = cause.toLowerCase(Locale.ROOT);
        return OUR_LACKS.stream().anyMatch(lower::contains);
    }

    public static String seconds(Duration time) {
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
