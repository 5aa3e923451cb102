package dev.fairlead.cli;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIGHUP as the process inherited it. `nohup` and some supervisors start programs with it ignored, and the JVM then
/// never takes it back: the gateway could not be told to reload.
final class InheritedSighup {
    private static final Logger log = LoggerFactory.getLogger("fairlead.serve");
    private static final int NUMBER = 1;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String WORD = "SigIgn:";

    private InheritedSighup() {}

    /// Takes the signal back if it is ignored, so that it can be listened to.
    ///
    /// @return false when it stays ignored
    static boolean isHeard() {
        if (!isIgnored()) return true;
        restore();
        return !isIgnored();
    }

    private static boolean isIgnored() {
        try {
            return isIgnored(Files.readString(STATUS));
        } catch (IOException _) {
            return false; // not told by this kernel
        }
    }

    /// @param status as in `/proc/PID/status`
    static boolean isIgnored(String status) {
        return status.lines()
                .filter(line -> line.startsWith(WORD))
                .map(line -> line.substring(WORD.length()).strip())
                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & 1L << (NUMBER - 1)) != 0);
    }

    /// `signal(SIGHUP, SIG_DFL)` of the C library; the JDK has no call for it. Where it cannot be called, the
    /// signal stays ignored, and the caller is told so.
    @SuppressWarnings("restricted")
    private static void restore() {
        var described = FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
        try {
            Linker linker = Linker.nativeLinker();
            MemorySegment function = linker.defaultLookup().find("signal").orElse(MemorySegment.NULL);
            if (function.equals(MemorySegment.NULL)) return;
            var _ = (MemorySegment) linker.downcallHandle(function, described).invokeExact(NUMBER, MemorySegment.NULL);
        } catch (Throwable failure) {
            log.warn("signal() of the C library cannot be called", failure);
        }
    }
}
