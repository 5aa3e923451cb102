package dev.fairlead.core.fleet;

import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.Credits;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How much a node may be asked, as its provider's plan has it: every request to the node counts, whoever it is for.
///
/// @param rate credits in any stretch of time of that length, or null for no bound
/// @param daily credits in a day of UTC; 0 is no bound
/// @param credits what a request counts, by its method
public record SpendingPlan(@Nullable CallRate rate, long daily, Credits credits) {
    public static final SpendingPlan NONE = new SpendingPlan(null, 0, Credits.ONE_EACH);
    public static final long MOST_DAILY = 999_999_999_999_999L;

    /// Longer ones would have to be remembered over a restart.
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    public boolean isBound() {
        return rate != null || daily > 0;
    }

    /// Why its rate is none that can be kept; nothing when it is in order.
    public Optional<String> ofRate() {
        if (rate == null) return Optional.empty();
        if (rate.window().compareTo(LONGEST_WINDOW) > 0)
            return Optional.of("expected a window of at most an hour; daily bounds a day");
        return tooDear(rate.credits());
    }

    /// The same for its day.
    public Optional<String> ofDay() {
        return daily > 0 ? tooDear(daily) : Optional.empty();
    }

    /// A request that takes more would never be sent.
    private Optional<String> tooDear(long most) {
        if (credits.dearest() <= most) return Optional.empty();
        return Optional.of(
                "expected at least the " + credits.dearest() + " credits of the dearest request, found " + most);
    }
}
