package dev.fairlead.cli.console;

import picocli.CommandLine.IVersionProvider;

/// The version of this build.
public final class Version implements IVersionProvider {
    /// The version in the jar's manifest, or `development` when run from classes.
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Fairlead " + current() + " on Java " + Runtime.version()};
    }
}
