package dev.fairlead.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Waits until every node of the gateway may serve.
final class Ready {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Ready() {}

    static void await(Proxy gateway, int nodes) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/api/v1/nodes"))
                .timeout(Duration.ofSeconds(1))
                .build();
        long until = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() - until < 0) {
                if (ready(client, request) == nodes) return;
                Thread.sleep(50);
            }
        }
        throw new IOException(gateway.name() + " is not ready after " + PATIENCE.toSeconds() + " s");
    }

    private static int ready(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            String told = client.send(request, BodyHandlers.ofString()).body();
            return told.split("\"verdict\" *: *\"ready\"", -1).length - 1;
        } catch (IOException _) {
            return 0;
        }
    }
}
