package dev.fairlead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What a process has cost so far, as Linux counts it.
///
/// @param cpu of all its threads, in user mode and in the kernel
/// @param resident bytes of memory
record ProcessCost(Duration cpu, long resident) {
    /// USER_HZ: the unit of `/proc`, the same on every architecture that has a JVM.
    private static final int TICKS_PER_SECOND = 100;

    private static final int UTIME = 11;
    private static final int STIME = 12;

    static ProcessCost of(long pid) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        String stat = Files.readString(proc.resolve("stat"));
        // The second field is the name in parentheses, which may hold spaces itself.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]);
        return new ProcessCost(Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND), resident(proc));
    }

    private static long resident(Path proc) throws IOException {
        for (String line : Files.readAllLines(proc.resolve("status"))) {
            if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
        throw new IOException("no VmRSS in " + proc.resolve("status"));
    }
}
