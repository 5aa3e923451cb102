package dev.fairlead.config.keys;

import dev.fairlead.config.file.ConfigurationFault;
import dev.fairlead.config.file.ConfigurationNotice;
import java.util.List;

/// What a configuration file turned out to be: settings to run with, or everything that is wrong with it.
public sealed interface Configuration {
    record Valid(Settings settings, List<ConfigurationNotice> notices) implements Configuration {}

    /// @param faults all faults, in the order of the file; never empty. If there are many, the first ones, and
    /// one that says how many more there are
    record Faulty(List<ConfigurationFault> faults) implements Configuration {}
}
