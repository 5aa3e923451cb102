package dev.fairlead.control.operate;

import dev.fairlead.core.jsonrpc.Counted;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.HeavyCalls;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.MethodPattern;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.Preset;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.text.CallRates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Joins what an order says of a tenant's rules with those it has, and finds every fault at once, in the words
/// in which the file's keys of the same names are objected to.
final class TenantReader {
    private static final int MOST_PATTERNS = 1_000;
    private static final int LONGEST_PATTERN = 128;
    private static final Pattern HARMLESS = Pattern.compile("[ -~&&[^\"\\\\]]{1,40}");

    private final TenantOrder order;
    private final TenantPlan before;
    private final Function<TenantPlan, HeavyCalls> heavy;
    private final List<String> faults = new ArrayList<>();

    private TenantReader(TenantOrder order, TenantPlan before, Function<TenantPlan, HeavyCalls> heavy) {
        this.heavy = heavy;
        this.order = order;
        this.before = before;
    }

    /// @param before the tenant as it is; a new one without rules
    /// @param heavy what finds calls that could never pass, once the tenant is as a plan says
    static TenantReading read(TenantOrder order, TenantPlan before, Function<TenantPlan, HeavyCalls> heavy) {
        return new TenantReader(order, before, heavy).reading();
    }

    private TenantReading reading() {
        MethodPolicy methods = new MethodPolicy(
                preset(),
                patterns("allow", order.allow(), before.methods().allow()),
                patterns("deny", order.deny(), before.methods().deny()));
        CallRate rate = rate();
        Long burst = burst(rate);
        Long daily = order.daily() == null ? before.daily() : whole("daily", order.daily(), 0, TenantPlan.MOST_DAILY);
        TenantPlan plan = before.ruled(methods, rate, burst, daily);
        if (faults.isEmpty()) tooLittle(plan);
        if (!faults.isEmpty()) return new TenantReading.Faulty(List.copyOf(faults));
        return new TenantReading.Sound(plan);
    }

    private void tooLittle(TenantPlan plan) {
        String key = plan.burst() == null ? "rate" : "burst";
        HeavyCalls calls = heavy.apply(plan);
        for (Limit limit : plan.limits()) {
            String fault = calls.neverAtOnce(limit);
            if (fault != null) faults.add(key + ": " + fault);
        }
        String fault = calls.neverInADay(plan);
        if (fault != null) faults.add("daily: " + fault);
    }

    private @Nullable Preset preset() {
        String said = order.preset();
        if (said == null) return before.methods().preset();
        if (said.isEmpty()) return null;
        Optional<Preset> preset = Preset.of(said);
        if (preset.isEmpty()) faults.add(expected("preset", "one of " + String.join(", ", Preset.words()), said));
        return preset.orElse(null);
    }

    private @Nullable CallRate rate() {
        String said = order.rate();
        if (said == null) return before.rate();
        if (said.isEmpty()) return null;
        Optional<CallRate> rate = CallRates.read(said);
        if (rate.isEmpty()) faults.add(expected("rate", CallRates.EXPECTED, said));
        return rate.orElse(null);
    }

    private @Nullable Long burst(@Nullable CallRate rate) {
        Long said = order.burst();
        if (said == null) return rate == null ? null : before.burst();
        if (said == 0) return null;
        boolean isNoneSaid = order.rate() == null || order.rate().isEmpty();
        if (rate == null && isNoneSaid) faults.add("burst: " + TenantPlan.BURST_ALONE);
        return whole("burst", said, 1, TenantPlan.MOST_BURST);
    }

    private Long whole(String key, long said, long least, long most) {
        if (said < least || said > most) {
            faults.add(key + ": expected a whole number from " + least + " to " + most + ", found " + said);
        }
        return said;
    }

    private List<MethodPattern> patterns(String key, @Nullable List<String> said, List<MethodPattern> otherwise) {
        if (said == null) return otherwise;
        if (said.size() > MOST_PATTERNS) {
            faults.add(key + ": expected at most %,d patterns, found %,d".formatted(MOST_PATTERNS, said.size()));
            return otherwise;
        }
        var first = new LinkedHashMap<MethodPattern, Integer>();
        for (int i = 0; i < said.size(); i++) {
            String text = said.get(i);
            if (text.length() > LONGEST_PATTERN || !MethodPattern.hasForm(text)) {
                faults.add(expected(key + "[" + i + "]", MethodPattern.EXPECTED, text));
                continue;
            }
            Integer same = first.putIfAbsent(new MethodPattern(text), i);
            if (same != null) faults.add(key + "[" + i + "]: the same as element [" + same + "]; remove one of them");
        }
        return List.copyOf(first.keySet());
    }

    /// What stands where a rule is expected may be a key: it is not repeated.
    private static String expected(String key, String what, String found) {
        return key + ": expected " + what + ", found " + described(found);
    }

    private static String described(String found) {
        if (found.isEmpty()) return "an empty text";
        boolean isShown = HARMLESS.matcher(found).matches() && !ApiKey.hasForm(found);
        return isShown ? "\"" + found + "\"" : "a text of " + Counted.of(found.length(), "character");
    }
}
