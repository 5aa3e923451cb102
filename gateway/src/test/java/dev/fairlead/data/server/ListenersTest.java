package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.core.net.Transport;
import dev.fairlead.data.http.ServerConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListenersTest {
    @ParameterizedTest
    @EnumSource(Transport.class)
    void everyTransportServesOnEveryAddress(Transport transport) throws Exception {
        Assumptions.assumeTrue(transport.isAvailable(), "the kernel offers no " + transport);
        List<InetSocketAddress> addresses =
                List.of(new InetSocketAddress("127.0.0.1", 0), new InetSocketAddress("127.0.0.1", 0));
        try (Gateway gateway = Gateway.start(
                config -> new ServerConfig(
                        addresses, null, config.corsOrigins(), true, config.limits(), config.timeouts()),
                transport)) {
            assertThat(gateway.server.addresses()).hasSize(2).doesNotHaveDuplicates();
            for (InetSocketAddress address : gateway.server.addresses()) {
                try (Wire wire = new Wire(address.getPort())) {
                    for (int id = 0; id < 100; id++) wire.say(Wire.post(Gateway.call(id, "a")));
                    for (int id = 0; id < 100; id++) {
                        assertThat(wire.hear().body()).isEqualTo(Gateway.result(id, "a"));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aPortInUseIsAClearError(Transport transport) throws Exception {
        Assumptions.assumeTrue(transport.isAvailable(), "the kernel offers no " + transport);
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Gateway.start(
                            _ -> Gateway.on(new InetSocketAddress("127.0.0.1", other.getLocalPort())), transport))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + other.getLocalPort())
                    .hasMessageContaining("another program has the port")
                    .hasMessageContaining("--listen");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsAClearError() {
        assertThatThrownBy(() -> Gateway.start(_ -> Gateway.on(new InetSocketAddress("192.0.2.1", 8080))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this machine does not have the address");
    }

    @Test
    void aHostWithoutAnAddressIsAClearError() {
        assertThatThrownBy(() ->
                        Gateway.start(_ -> Gateway.on(InetSocketAddress.createUnresolved("no.such.host.invalid", 80))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no.such.host.invalid")
                .hasMessageContaining("has no address");
    }
}
