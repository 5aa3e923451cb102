package dev.fairlead.core.fault;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A fault as logs show it where its text may hold what a stranger sent, a key among it: the types and places of the
/// fault and of its causes, and no text but what the JVM itself says.
public final class FaultTrace extends Throwable {
    private static final int MOST_CAUSES = 8;

    private FaultTrace(Throwable fault, @Nullable Throwable cause) {
        super(fault.getClass().getName(), cause, false, true);
        setStackTrace(fault.getStackTrace());
    }

    public static Throwable of(Throwable fault) {
        return of(fault, MOST_CAUSES);
    }

    private static Throwable of(Throwable fault, int causes) {
        Throwable cause = fault.getCause();
        if (cause == null && saysNoMore(fault)) return fault;
        return new FaultTrace(fault, cause == null || causes == 0 ? null : of(cause, causes - 1));
    }

    /// Whether the text names parts of programs, lengths and sizes alone.
    private static boolean saysNoMore(Throwable fault) {
        return fault instanceof NullPointerException
                || fault instanceof IndexOutOfBoundsException
                || fault instanceof ClassCastException
                || fault instanceof VirtualMachineError;
    }

    /// The types of a failure and of its causes, outermost first.
    public static String types(Throwable failure) {
        var types = new StringJoiner(": ");
        Throwable at = failure;
        for (int i = 0; at != null && i <= MOST_CAUSES; i++, at = at.getCause()) {
            types.add(at.getClass().getSimpleName());
        }
        return types.toString();
    }
}
