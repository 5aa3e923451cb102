package dev.fairlead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process of the bench with all that descend from it, and what the kernel says that they used.
record Started(String name, Process process, Path log) implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

    static Started of(String name, List<String> command, Path work) throws IOException {
        Path log = work.resolve(name.replace(' ', '-') + ".log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        process.environment().put("MALLOC_ARENA_MAX", "2");
        return new Started(name, process.start(), log);
    }

    /// utime + stime of all threads so far, in seconds; exact to about 10 ms.
    double cpuSeconds() throws IOException {
        double ticks = 0;
        for (long pid : pids()) {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /// Resident memory in MiB.
    double residentMiB() throws IOException {
        double kib = 0;
        for (long pid : pids()) {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmRSS:")) kib += Double.parseDouble(line.replaceAll("[^0-9]", ""));
            }
        }
        return kib / 1024;
    }

    void signal(String name) throws IOException {
        var command = new ArrayList<>(List.of("kill", "-" + name));
        for (long pid : pids()) command.add(Long.toString(pid));
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Long> pids() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .toList();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
