package dev.fairlead.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8545, http://127.0.0.1:8545",
        "http://127.0.0.1:8545/, http://127.0.0.1:8545",
        "http://geth-1/rpc/mainnet, http://geth-1/rpc/mainnet",
        "http://geth-1/v3/, http://geth-1/v3/",
        "https://mainnet.infura.io/v3/0123456789abcdef0123456789abcdef, https://mainnet.infura.io/v3/***",
        "https://eth-mainnet.g.alchemy.com/v2/AbCdEfGhIjKlMnOpQrStUvWx-_, https://eth-mainnet.g.alchemy.com/v2/***",
        "https://user:secret@node.example:8545/a, https://***@node.example:8545/a",
        "https://node.example/a?apikey=secret, https://node.example/a?***",
        "ws://[::1]:8546/ws, ws://[::1]:8546/ws",
    })
    void showsWhereANodeIsAndHidesWhatMayBeSecret(String url, String shown) {
        assertThat(Masked.url(URI.create(url))).isEqualTo(shown);
    }
}
