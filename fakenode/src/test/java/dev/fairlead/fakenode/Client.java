package dev.fairlead.fakenode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Talks to a node over HTTP as any client would.
record Client(FakeNode node, HttpClient http) implements AutoCloseable {
    Client(FakeNode node) {
        this(node, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    HttpRequest request(String body) {
        return HttpRequest.newBuilder(URI.create(node.httpUrl() + "/path?x=1"))
                .timeout(Duration.ofSeconds(10))
                .header("X-Test", "seen")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return http.send(request(body), BodyHandlers.ofString());
    }

    String body(String body) throws IOException, InterruptedException {
        return post(body).body();
    }

    /// Calls with id 1 and these params, given as JSON without brackets.
    String call(String method, String params) throws IOException, InterruptedException {
        return body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[" + params + "]}");
    }

    String call(String method) throws IOException, InterruptedException {
        return call(method, "");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
