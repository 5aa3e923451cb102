package dev.fairlead.core.net;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file descriptors of this process, as the kernel counts them. Every connection takes one.
public final class Descriptors {
    /// Where the kernel does not tell.
    public static final int UNKNOWN = Integer.MAX_VALUE;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final File OPEN = new File("/proc/self/fd");
    private static final String WORDS = "Max open files";

    private Descriptors() {}

    /// How many may be open at once (RLIMIT_NOFILE).
    public static int most() {
        try {
            return most(Files.readString(LIMITS));
        } catch (IOException _) {
            return UNKNOWN;
        }
    }

    /// How many are open; 0 where the kernel does not tell.
    public static int open() {
        String[] open = OPEN.list();
        return open == null ? 0 : open.length;
    }

    static int most(String limits) {
        for (String line : limits.lines().toList()) {
            if (!line.startsWith(WORDS)) continue;
            String soft = line.substring(WORDS.length()).strip().split("\\s+", 2)[0];
            boolean number =
                    !soft.isEmpty() && soft.length() < 10 && soft.chars().allMatch(Character::isDigit);
            return number ? Integer.parseInt(soft) : UNKNOWN;
        }
        return UNKNOWN;
    }
}
