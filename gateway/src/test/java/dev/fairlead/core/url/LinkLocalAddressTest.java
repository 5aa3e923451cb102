package dev.fairlead.core.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkLocalAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "http://169.254.0.1:8545",
                "http://169.254.170.2/v2",
                "http://[fe80::1]:8545",
                "http://[fe80::1%25eth0]:8545",
                "http://[febf::1]",
                "http://[::ffff:169.254.169.254]",
                "http://[::ffff:a9fe:a9fe]",
                "http://[::169.254.169.254]",
                "http://[64:ff9b::a9fe:a9fe]",
                "http://[2002:a9fe:a9fe::]",
                "http://[fd00:ec2::254]",
                "http://100.100.100.200",
                "http://168.63.129.16",
                "http://metadata.google.internal/computeMetadata",
                "http://METADATA.GOOGLE.INTERNAL.",
                "http://metadata",
                "ws://169.254.169.254",
            })
    void theseAreNoNodes(URI url) {
        assertThat(LinkLocalAddress.isNamed(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8545",
                "http://10.0.0.5",
                "http://192.168.1.1",
                "http://169.253.1.1",
                "http://169.255.1.1",
                "http://[::1]:8545",
                "http://[fc00::1]",
                "http://[fec0::1]",
                "http://[::ffff:10.0.0.1]",
                "http://localhost",
                "http://geth-metadata.internal",
            })
    void theseMayBe(URI url) {
        assertThat(LinkLocalAddress.isNamed(url)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2852039166",
                "http://0xa9fea9fe",
                "http://0xA9.0xFE.0xA9.0xFE",
                "http://0251.0376.0251.0376",
                "http://169.254.43518",
                "http://169.254.169.0xfe",
                "http://169.254.169.254.",
                "http://0xa9fea9fe./",
            })
    void addressesInOtherFormsAreNoHostNames(String url) {
        assertThat(StrictUrl.http(url)).isInstanceOf(NodeUrl.Bad.class);
    }
}
