package dev.fairlead.core.secret;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Shows a URL without the secrets that providers put into them: user info, query values, host labels that
/// look like a key, and every path segment that is not plainly a known word, a version or a chain's number. A
/// key may be short and may look like a word, so everything that is not known to be harmless is hidden.
public final class MaskedUrl {
    private static final Pattern TOO_SHORT_FOR_A_KEY = Pattern.compile("[A-Za-z]{0,3}");
    private static final Pattern CHAIN_ID = Pattern.compile("[0-9]{1,8}");
    private static final Pattern VERSION = Pattern.compile("[a-z]?[0-9]{1,2}");
    private static final Pattern JOINT = Pattern.compile("[-_.]");
    private static final int MOST_PARTS = 4;

    private static final Set<String> WORDS = words("""
            rpc jsonrpc json http https ws wss websocket api ogrpc lb ext bc evm el execution public private gateway
            proxy node nodes blockchain chain chains network archive full trace debug
            main mainnet test testnet devnet sepolia holesky hoodi goerli amoy mumbai chiado fuji
            eth ethereum polygon matic pos zkevm bsc bnb binance smart arb arbitrum one nova op optimism base avax
            avalanche gnosis xdai fantom ftm sonic linea scroll zksync era blast mantle celo zora unichain moonbeam
            moonriver cronos aurora rootstock rsk mode metis worldchain world berachain fraxtal
            geth besu erigon nethermind reth anvil hardhat""");

    private MaskedUrl() {}

    public static String url(URI url) {
        var shown = new StringBuilder().append(url.getScheme()).append("://");
        if (url.getRawUserInfo() != null) shown.append("***@");
        if (url.getHost() != null) shown.append(ShownHost.of(url.getHost()));
        if (url.getPort() >= 0) shown.append(':').append(url.getPort());
        shown.append(path(url.getRawPath()));
        if (url.getRawQuery() != null) shown.append("?***");
        return shown.toString();
    }

    /// A host name as it may be shown: some providers put a key into it.
    public static String host(String host) {
        return ShownHost.of(host);
    }

    private static String path(@Nullable String path) {
        if (path == null || path.isEmpty() || path.equals("/")) return "";
        var shown = new StringBuilder();
        for (String segment : path.substring(1).split("/", -1)) {
            shown.append('/').append(isPlain(segment) ? segment : "***");
        }
        return shown.toString();
    }

    /// Whether a part of a path is plainly a word, and no key.
    public static boolean isPlain(String segment) {
        if (TOO_SHORT_FOR_A_KEY.matcher(segment).matches()) return true;
        if (CHAIN_ID.matcher(segment).matches()) return true;
        String[] parts = JOINT.split(segment.toLowerCase(Locale.ROOT), -1);
        return parts.length <= MOST_PARTS && Stream.of(parts).allMatch(MaskedUrl::isWord);
    }

    private static boolean isWord(String part) {
        return WORDS.contains(part) || VERSION.matcher(part).matches();
    }

    private static Set<String> words(String text) {
        return Set.of(text.split("\\s+"));
    }
}
