package dev.fairlead;

import dev.fairlead.cli.FairleadCommand;

/// Where the process starts.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(FairleadCommand.commandLine(Wiring::start, args).execute(args));
    }
}
