package dev.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnopenedListenersTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            127.0.0.1, http://127.0.0.1:8080/,       true
            127.0.0.1, http://127.0.0.1:8080/main,   true
            127.0.0.1, http://localhost:8080,        true
            127.0.0.1, http://127.0.0.1:8545,        false
            127.0.0.1, http://127.0.0.2:8080,        false
            127.0.0.1, http://127.0.0.1/,            false
            0.0.0.0,   http://127.0.0.1:8080,        true
            0.0.0.0,   http://127.0.0.2:8080,        true
            0.0.0.0,   http://no-such-host.invalid:8080, false
            """)
    void aNodeThereIsTheGatewayItself(String listener, String url, boolean itself) {
        var listeners = new UnopenedListeners(List.of(new InetSocketAddress(listener, 8080)));

        assertThat(listeners.areAt(URI.create(url))).isEqualTo(itself);
    }

    @Test
    void onceTheyAreOpenTheMarkDecides() {
        var listeners = new UnopenedListeners(List.of(new InetSocketAddress("127.0.0.1", 8080)));

        listeners.opened();

        assertThat(listeners.areAt(URI.create("http://127.0.0.1:8080"))).isFalse();
    }
}
