package dev.fairlead.core.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What `/etc/resolv.conf` says at this moment: who is asked for addresses, and how (resolv.conf(5)).
///
/// @param servers in the order in which they are asked; never empty
/// @param search domains that names with fewer than `ndots` dots are looked for in
/// @param patience with one server
record ResolverConfig(List<InetSocketAddress> servers, List<String> search, int ndots, Duration patience) {
    private static final int PORT = 53;
    private static final int MOST_SERVERS = 3;
    private static final int MOST_DOMAINS = 16;
    private static final int MOST_DOTS = 15;
    /// Shorter than the 5 s of the C library, because an attempt to connect to a node is given up before that.
    private static final int SECONDS = 2;

    private static final int MOST_SECONDS = 10;

    /// May read a file.
    ///
    /// @return empty where no server is named
    static Optional<ResolverConfig> read(Path file) {
        try {
            return of(Files.readAllLines(file));
        } catch (IOException _) { // none on this machine
            return Optional.empty();
        }
    }

    /// What cannot be understood is passed over, as the C library does.
    static Optional<ResolverConfig> of(List<String> lines) {
        var servers = new ArrayList<InetSocketAddress>();
        List<String> search = List.of();
        int ndots = 1;
        int seconds = SECONDS;
        int port = PORT;
        for (String line : lines) {
            String[] words = line.strip().split("\\s+");
            for (int i = 1; i < words.length; i++) {
                switch (words[0]) {
                    case "nameserver" -> {
                        if (i == 1 && servers.size() < MOST_SERVERS)
                            server(words[i], port).ifPresent(servers::add);
                    }
                    case "port" -> port = number(words[i], 1, 65_535, port); // as macOS has it
                    case "search", "domain" -> search = domains(words);
                    case "options" -> {
                        if (words[i].startsWith("ndots:")) ndots = number(words[i].substring(6), 0, MOST_DOTS, ndots);
                        if (words[i].startsWith("timeout:"))
                            seconds = number(words[i].substring(8), 1, MOST_SECONDS, seconds);
                    }
                    default -> {}
                }
            }
        }
        if (servers.isEmpty()) return Optional.empty();
        return Optional.of(new ResolverConfig(List.copyOf(servers), search, ndots, Duration.ofSeconds(seconds)));
    }

    private static Optional<InetSocketAddress> server(String address, int port) {
        try {
            return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(address), port));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static List<String> domains(String[] words) {
        return List.of(words).subList(1, Math.min(words.length, MOST_DOMAINS + 1)).stream()
                .map(domain -> domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain)
                .filter(domain -> !domain.isEmpty())
                .toList();
    }

    private static int number(String text, int least, int most, int otherwise) {
        return text.matches("[0-9]{1,6}") ? Math.clamp(Integer.parseInt(text), least, most) : otherwise;
    }

    /// The servers, in words for people.
    String shownServers() {
        return servers.stream()
                .map(server -> {
                    String address = server.getAddress().getHostAddress();
                    return (address.contains(":") ? "[" + address + "]" : address) + ":" + server.getPort();
                })
                .collect(Collectors.joining(", "));
    }
}
