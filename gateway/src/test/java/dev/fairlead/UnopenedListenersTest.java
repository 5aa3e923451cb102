package dev.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.url.OwnAddress;
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
            127.0.0.1, http://0.0.0.0:8080,          true
            0.0.0.0,   http://127.0.0.1:8080,        true
            0.0.0.0,   http://127.0.0.2:8080,        true
            0.0.0.0,   http://no-such-host.invalid:8080, false
            """)
    void aNodeThereIsTheGatewayItself(String listener, String url, boolean itself) {
        var listeners = listeners(listener);

        assertThat(listeners.at(URI.create(url)).isPresent()).isEqualTo(itself);
    }

    @Test
    void onceTheyAreOpenTheMarkDecides() {
        var listeners = listeners("127.0.0.1");

        listeners.opened();

        assertThat(listeners.at(URI.create("http://127.0.0.1:8080"))).isEmpty();
    }

    @Test
    void theAdminListenerIsKnownToo() {
        var admin = new OwnAddress(OwnListener.ADMIN, new InetSocketAddress("127.0.0.1", 8081));

        assertThat(new UnopenedListeners(List.of(admin)).at(URI.create("http://localhost:8081")))
                .contains(OwnListener.ADMIN);
    }

    private static UnopenedListeners listeners(String host) {
        return new UnopenedListeners(List.of(new OwnAddress(OwnListener.CLIENTS, new InetSocketAddress(host, 8080))));
    }
}
