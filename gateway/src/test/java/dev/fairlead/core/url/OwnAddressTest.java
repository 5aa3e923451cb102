package dev.fairlead.core.url;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.OwnListener;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:8081",
        "127.0.0.1, http://localhost:8081/mainnet",
        "127.0.0.1, http://LOCALHOST.:8081",
        "127.0.0.1, http://a.localhost:8081",
        "127.0.0.1, http://0.0.0.0:8081/",
        "127.0.0.1, https://127.0.0.1:8081",
        "127.0.0.1, http://[::ffff:127.0.0.1]:8081",
        "0.0.0.0, http://127.0.0.1:8081",
        "0.0.0.0, http://127.9.9.9:8081",
        "0.0.0.0, http://[::1]:8081",
        "::1, http://[::1]:8081",
        "::1, http://[0:0:0:0:0:0:0:1]:8081",
        "::1, http://localhost:8081",
        "::, http://[::]:8081"
    })
    void aUrlThatLeadsToAListenerIsRecognised(String listen, String url) {
        List<OwnAddress> own = List.of(new OwnAddress(OwnListener.ADMIN, new InetSocketAddress(listen, 8081)));

        assertThat(OwnAddress.remark(own, URI.create(url)))
                .hasValueSatisfying(remark -> assertThat(remark).contains("the gateway itself", "admin.listen"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:8082",
        "127.0.0.1, http://127.0.0.2:8081",
        "127.0.0.1, http://[::1]:8081",
        "127.0.0.1, http://node.example:8081",
        "127.0.0.1, http://127.0.0.1"
    })
    void anyOtherUrlIsNot(String listen, String url) {
        List<OwnAddress> own = List.of(new OwnAddress(OwnListener.ADMIN, new InetSocketAddress(listen, 8081)));

        assertThat(OwnAddress.remark(own, URI.create(url))).isEmpty();
    }

    @Test
    void theUsualPortsNeedNotBeSaid() {
        List<OwnAddress> own = List.of(new OwnAddress(OwnListener.CLIENTS, new InetSocketAddress("127.0.0.1", 80)));

        assertThat(OwnAddress.remark(own, URI.create("http://127.0.0.1/"))).isPresent();
        assertThat(OwnAddress.remark(own, URI.create("https://127.0.0.1/"))).isEmpty();
    }
}
