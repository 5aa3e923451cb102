package dev.fairlead.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPortTest {
    @ParameterizedTest
    @CsvSource({
        "http://geth:8545/k, geth, 8545, false, geth:8545",
        "http://geth, geth, 80, false, geth",
        "https://eth.example:443/v3/k?x=y, eth.example, 443, true, eth.example",
        "wss://eth.example, eth.example, 443, true, eth.example",
        "https://eth.example:80, eth.example, 80, true, eth.example:80",
        "http://my_node:8545, my_node, 8545, false, my_node:8545",
        "http://user:p%40ss@my_node, my_node, 80, false, my_node",
        "'http://[::1]:8545', ::1, 8545, false, '[::1]:8545'",
    })
    void aUrlLeadsToAPlace(URI url, String host, int port, boolean secure, String authority) {
        assertThat(HostPort.of(url)).isEqualTo(new HostPort(host, port, secure));
        assertThat(HostPort.of(url).authority()).isEqualTo(authority);
    }
}
