package dev.fairlead.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// What an operator of a public endpoint declares, so wide that no call of a load is refused.
///
/// @param key of the load's tenant
record Policy(String key) {
    static final Policy WIDE = new Policy("fl_bench0123456789abcdefghijklmnopqrstuvw");

    String path() {
        return "/" + key;
    }

    String toml() {
        return """
                [policy]
                credits = { eth_getLogs = 75, "debug_*" = 300 }
                [[routes]]
                tenant = "archive"
                methods = ["debug_trace*", "trace_*"]
                group = "default"
                [[routes]]
                tenant = "load"
                methods = ["eth_getBalance"]
                group = "default"
                [[limits]]
                per = ["address"]
                rate = "1000000/s"
                [[limits]]
                per = ["key"]
                rate = "1000000/s"
                [tenants.archive]
                allow = ["debug_trace*", "trace_*"]
                [tenants.load]
                rate = "1000000/s"
                daily = 999_999_999_999
                """;
    }

    void addKey(Proxy gateway) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/api/v1/keys"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"tenant\":\"load\",\"key\":\"" + key + "\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) throw new IOException("the key was not taken: " + answer.body());
        }
    }
}
