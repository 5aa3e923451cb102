package dev.fairlead.cli.console;

/// The exit codes for scripts. The same list stands in docs/operations.md.
public final class ExitCode {
    public static final int DONE = 0;
    /// The check found something, or the order was not carried out.
    public static final int NOT_DONE = 1;
    /// The command line is wrong.
    static final int USAGE = 2;
    /// The configuration has faults.
    public static final int CONFIGURATION = 3;
    /// No gateway answers at the admin address, or it does not accept the token.
    public static final int NO_GATEWAY = 4;
    /// The gateway cannot start: a port in use, a directory that cannot be written.
    public static final int CANNOT_START = 5;

    /// An event loop has ended: the process must be started again.
    public static final int BROKEN = 6;

    private ExitCode() {}
}
