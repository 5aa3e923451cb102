package dev.fairlead.core.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where host names are looked up.
///
/// @param hosts the table that is looked at first, or null where the system is to be asked about everything
/// @param resolver names the DNS servers, or null as above
/// @param system the JVM's own resolver: used where no server is named, and for names that DNS does not know
record NameSources(@Nullable Path hosts, @Nullable Path resolver, SystemNames system) {
    interface SystemNames {
        /// Blocks; for seconds where no server answers.
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    /// The usual ones of this machine. Only on Linux do both files stand there and hold for every program; a
    /// table of the JVM's own (`jdk.net.hosts.file`) replaces everything else.
    static NameSources ofMachine() {
        SystemNames system = host -> List.of(InetAddress.getAllByName(host));
        boolean linux = System.getProperty("os.name", "").startsWith("Linux");
        if (!linux || System.getProperty("jdk.net.hosts.file") != null) return new NameSources(null, null, system);
        return new NameSources(Path.of("/etc/hosts"), Path.of("/etc/resolv.conf"), system);
    }
}
