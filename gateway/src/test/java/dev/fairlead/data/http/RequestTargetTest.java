package dev.fairlead.data.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.http.RequestTarget.Alive;
import dev.fairlead.data.http.RequestTarget.Calls;
import dev.fairlead.data.http.RequestTarget.Nothing;
import dev.fairlead.data.http.RequestTarget.Options;
import dev.fairlead.data.http.RequestTarget.Ready;
import dev.fairlead.data.http.RequestTarget.WebSocket;
import dev.fairlead.data.http.RequestTarget.Welcome;
import dev.fairlead.data.http.RequestTarget.WrongMethod;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTargetTest {
    private static final String KEY = "fl_0123456789abcdefghij";

    @Test
    void methodAndPathTellWhatIsWanted() {
        Map.ofEntries(
                        Map.entry("POST /", new Calls("", null)),
                        Map.entry("POST ", new Calls("", null)),
                        Map.entry("POST /?key=1", new Calls("", null)),
                        Map.entry("POST /mainnet", new Calls("mainnet", null)),
                        Map.entry("POST /mainnet/", new Calls("mainnet", null)),
                        Map.entry("POST /1?a=/b/c", new Calls("1", null)),
                        Map.entry("POST http://host:8080/mainnet", new Calls("mainnet", null)),
                        Map.entry("POST http://host", new Calls("", null)),
                        Map.entry("POST http://host?x=/mainnet", new Calls("", null)),
                        Map.entry("POST http://host#/mainnet", new Calls("", null)),
                        Map.entry("POST http://host?x=/healthz", new Calls("", null)),
                        Map.entry("POST /mainnet/v1", new Nothing()),
                        Map.entry("POST //", new Calls("", null)),
                        Map.entry("POST /" + KEY, new Calls(KEY, null)),
                        Map.entry("POST /" + KEY + "/?x=1", new Calls(KEY, null)),
                        Map.entry("POST /v3/" + KEY, new Calls("", KEY)),
                        Map.entry("POST /v3/" + KEY + "/", new Calls("", KEY)),
                        Map.entry("POST /v3/" + KEY + "?a=/b", new Calls("", KEY)),
                        Map.entry("POST https://host/v3/" + KEY, new Calls("", KEY)),
                        Map.entry("POST /mainnet/" + KEY, new Calls("mainnet", KEY)),
                        Map.entry("POST /mainnet/v3/" + KEY + "/", new Calls("mainnet", KEY)),
                        Map.entry("POST /mainnet/" + KEY + "#x", new Calls("mainnet", KEY)),
                        Map.entry("POST /v3", new Calls("v3", null)),
                        Map.entry("POST /mainnet/v3", new Nothing()),
                        Map.entry("POST /v3/short", new Nothing()),
                        Map.entry("POST //v3/" + KEY, new Nothing()),
                        Map.entry("POST //" + KEY, new Nothing()),
                        Map.entry("POST /a/b/" + KEY, new Nothing()),
                        Map.entry("POST /a/v3/v3/" + KEY, new Nothing()),
                        Map.entry("POST /v3/" + KEY + "//", new Nothing()),
                        Map.entry("POST /v3/" + KEY + "%2e", new Nothing()),
                        Map.entry("GET /v3/" + KEY, new WrongMethod("POST, OPTIONS")),
                        Map.entry("OPTIONS /v3/" + KEY, new Options()),
                        Map.entry("GET /", new Welcome()),
                        Map.entry("HEAD /", new Welcome()),
                        Map.entry("GET /healthz", new Alive()),
                        Map.entry("HEAD /healthz/", new Alive()),
                        Map.entry("GET /readyz", new Ready("")),
                        Map.entry("GET /readyz/mainnet", new Ready("mainnet")),
                        Map.entry("POST /healthz", new WrongMethod("GET, HEAD, OPTIONS")),
                        Map.entry("POST /readyz/mainnet", new WrongMethod("GET, HEAD, OPTIONS")),
                        Map.entry("GET /mainnet", new WrongMethod("POST, OPTIONS")),
                        Map.entry("DELETE /", new WrongMethod("POST, GET, HEAD, OPTIONS")),
                        Map.entry("GET /a/b", new Nothing()),
                        Map.entry("OPTIONS /anything/at/all", new Options()),
                        Map.entry("OPTIONS *", new Options()))
                .forEach((line, target) -> {
                    String[] parts = line.split(" ", 2);
                    assertThat(RequestTarget.of(HttpMethod.valueOf(parts[0]), parts[1], false))
                            .as(line)
                            .isEqualTo(target);
                });
    }

    @Test
    void aWebSocketUpgradeIsRecognisedOnEveryPath() {
        assertThat(RequestTarget.of(HttpMethod.GET, "/", true)).isEqualTo(new WebSocket());
        assertThat(RequestTarget.of(HttpMethod.GET, "/mainnet", true)).isEqualTo(new WebSocket());
    }

    @Test
    void aKeyInThePathIsNotShown() {
        assertThat(RequestTarget.of(HttpMethod.POST, "/mainnet/" + KEY, false).toString())
                .doesNotContain(KEY);
        assertThat(RequestTarget.of(HttpMethod.POST, "/" + KEY, false).toString())
                .doesNotContain(KEY);
    }
}
