package dev.fairlead.cli.console;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Numbers of credits as operators write them: `5_000_000`, `none`.
public final class CreditOption {
    private CreditOption() {}

    /// @param option its name, for the fault
    /// @return 0 for none
    public static long read(String option, String text, CommandLine command) {
        if (text.equals("none")) return 0;
        if (text.matches("[0-9]{1,3}(_?[0-9]{1,3}){0,5}")) return Long.parseLong(text.replace("_", ""));
        throw new ParameterException(command, option + ": expected credits such as 5_000_000, or none, found " + text);
    }
}
