package dev.fairlead.control.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientUrlTest {
    private static final List<String> ONE = List.of("mainnet");
    private static final List<String> TWO = List.of("mainnet", "sepolia");
    private static final Map<String, String> NO_HOSTS = Map.of();

    @Test
    void aListenerIsNamedAsItIs() {
        assertThat(urls(at("127.0.0.1", 8545), NO_HOSTS, false, false, ONE)).containsExactly("http://127.0.0.1:8545/k");
        assertThat(urls(at("::1", 443), NO_HOSTS, true, false, TWO))
                .containsExactly("https://[0:0:0:0:0:0:0:1]/mainnet/k", "https://[0:0:0:0:0:0:0:1]/sepolia/k");
    }

    @Test
    void whatListensEverywhereHasAHostThatOperatorsFillIn() {
        assertThat(urls(at("0.0.0.0", 8545), NO_HOSTS, false, false, ONE)).containsExactly("http://HOST:8545/k");
        List<InetSocketAddress> both = List.of(at("0.0.0.0", 8545), at("::", 8545));
        assertThat(ClientUrl.withKey(ClientUrl.of(both, NO_HOSTS, false, false), ONE, null))
                .containsExactly("http://HOST:8545/KEY");
    }

    @Test
    void aHostNameStandsForItsChainAndTheListenerForTheOthers() {
        Map<String, String> hosts = Map.of("mainnet.rpc.example", "mainnet");

        assertThat(urls(at("0.0.0.0", 8545), hosts, false, false, ONE))
                .containsExactly("http://mainnet.rpc.example:8545/k");
        assertThat(urls(at("0.0.0.0", 443), hosts, true, false, TWO))
                .containsExactly("https://mainnet.rpc.example/k", "https://HOST/sepolia/k");
        assertThat(urls(at("127.0.0.1", 8545), hosts, false, true, ONE))
                .as("the proxy has the certificate")
                .containsExactly("https://mainnet.rpc.example/k");
    }

    @Test
    void aHostNameOfAChainThatIsGoneIsNoUrl() {
        Map<String, String> hosts = Map.of("old.rpc.example", "ropsten");

        assertThat(urls(at("127.0.0.1", 8545), hosts, false, false, ONE)).containsExactly("http://127.0.0.1:8545/k");
    }

    @Test
    void aHostNameWithAnyLabelIsShownAsItStandsBesideTheListener() {
        Map<String, String> hosts = Map.of("*.rpc.example", "mainnet");

        assertThat(urls(at("0.0.0.0", 8545), hosts, false, false, ONE))
                .containsExactly("http://*.rpc.example:8545/k", "http://HOST:8545/k");
        assertThat(urls(at("127.0.0.1", 8545), hosts, false, true, ONE))
                .containsExactly("https://*.rpc.example/k", "http://127.0.0.1:8545/k");
    }

    @Test
    void whatWorksOnThisMachineAloneIsNamedBesideItsHostNames() {
        Map<String, String> hosts = Map.of("mainnet.rpc.example", "mainnet");

        assertThat(urls(at("127.0.0.1", 8545), hosts, false, false, ONE))
                .containsExactly("http://mainnet.rpc.example:8545/k", "http://127.0.0.1:8545/k");
        assertThat(urls(at("127.0.0.1", 8545), hosts, false, false, TWO))
                .containsExactly(
                        "http://mainnet.rpc.example:8545/k",
                        "http://127.0.0.1:8545/mainnet/k",
                        "http://127.0.0.1:8545/sepolia/k");
    }

    @Test
    void aHandfulIsEnough() {
        List<String> many = IntStream.range(0, 100).mapToObj(i -> "chain-" + i).toList();

        assertThat(urls(at("127.0.0.1", 8545), NO_HOSTS, false, false, many)).hasSize(20);
    }

    private static List<String> urls(
            InetSocketAddress at, Map<String, String> hosts, boolean tls, boolean isProxied, List<String> chains) {
        return ClientUrl.withKey(ClientUrl.of(List.of(at), hosts, tls, isProxied), chains, "k");
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(address, port);
    }
}
