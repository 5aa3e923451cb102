package dev.fairlead.bench;

import java.io.IOException;
import java.util.List;

/// A certificate for localhost, made by OpenSSL, that nobody signed.
final class Certificate {
    private Certificate() {}

    static void make(Bench.Place place) throws IOException, InterruptedException {
        var command = List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-keyout",
                place.key().toString(),
                "-out",
                place.certificate().toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(place.work().resolve("openssl.log").toFile())
                .start();
        if (process.waitFor() != 0) throw new IOException("openssl failed, see " + place.work());
    }
}
