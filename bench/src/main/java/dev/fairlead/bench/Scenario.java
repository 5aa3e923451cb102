package dev.fairlead.bench;

import java.io.IOException;

/// One thing that the bench measures.
interface Scenario {
    String name();

    /// What is measured, in one line for readers.
    String title();

    Result run(Bench.Place place) throws IOException, InterruptedException;
}
