package dev.fairlead.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedUrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8545, http://127.0.0.1:8545",
        "http://127.0.0.1:8545/, http://127.0.0.1:8545",
        "http://geth-1/rpc/mainnet, http://geth-1/rpc/mainnet",
        "http://geth-1/v3/, http://geth-1/v3/",
        "http://proxy/evm/11155111, http://proxy/evm/11155111",
        "http://proxy/geth-1/eth-mainnet, http://proxy/geth-1/eth-mainnet",
        "https://user:secret@node.example:8545/a, https://***@node.example:8545/a",
        "https://node.example/a?apikey=secret, https://node.example/a?***",
        "ws://[::1]:8546/ws, ws://[::1]:8546/ws",
    })
    void showsWhereANodeIs(String url, String shown) {
        assertThat(MaskedUrl.url(URI.create(url))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "https://mainnet.infura.io/v3/0123456789abcdef0123456789abcdef, https://mainnet.infura.io/v3/***",
        "wss://mainnet.infura.io/ws/v3/0123456789abcdef0123456789abcdef, wss://mainnet.infura.io/ws/v3/***",
        "https://eth-mainnet.g.alchemy.com/v2/AbCdEfGhIjKlMnOpQrStUvWx-_, https://eth-mainnet.g.alchemy.com/v2/***",
        "https://a-b.avalanche-mainnet.quiknode.pro/0123456789abcdef01234567/ext/bc/C/rpc/,"
                + " https://a-b.avalanche-mainnet.quiknode.pro/***/ext/bc/C/rpc/",
        "https://rpc.ankr.com/eth/0123456789abcdef, https://rpc.ankr.com/eth/***",
        "https://rpc.ankr.com/eth_sepolia/0123456789abcdef, https://rpc.ankr.com/eth_sepolia/***",
        "https://ethereum-mainnet.core.chainstack.com/0123456789abcdef, https://ethereum-mainnet.core.chainstack.com/***",
        "https://lb.drpc.org/ogrpc?network=ethereum&dkey=key, https://lb.drpc.org/ogrpc?***",
        "https://lb.drpc.live/arbitrum-one/AbCdEfGhIjKl, https://lb.drpc.live/arbitrum-one/***",
        "https://eth-mainnet.blastapi.io/01234567-89ab-cdef-0123-456789abcdef, https://eth-mainnet.blastapi.io/***",
        "https://ethereum.blockpi.network/v1/rpc/0123abcd, https://ethereum.blockpi.network/v1/rpc/***",
        "https://eth.llamarpc.com/sk_llama_0123, https://eth.llamarpc.com/***",
        "https://1rpc.io/AbCdEfGh/eth, https://1rpc.io/***/eth",
        "https://api.tatum.io/v3/blockchain/node/ethereum-mainnet/t-0123-4567,"
                + " https://api.tatum.io/v3/blockchain/node/ethereum-mainnet/***",
    })
    void hidesTheKeysOfProviders(String url, String shown) {
        assertThat(MaskedUrl.url(URI.create(url))).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hunter2", "abc123", "Secret", "passwd", "k3y", "0123456789", "my%2Dkey", "v3-secret", "a1b2"})
    void hidesShortKeysToo(String key) {
        assertThat(MaskedUrl.url(URI.create("https://node.example/rpc/" + key)))
                .isEqualTo("https://node.example/rpc/***");
    }

    @Test
    void neverShowsARandomKey() {
        Property.holds(
                500, any -> neverShowsARandomKey(any.text(Generator.DIGITS + "abcdefghijklmnopqrstuvwxyz", 9, 40)));
    }

    private void neverShowsARandomKey(String key) {
        assertThat(MaskedUrl.url(URI.create("https://node.example/" + key))).doesNotContain(key);
    }
}
