package dev.fairlead.fakenode;

import dev.fairlead.fakenode.Behaviour.Normal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Which behaviour the next call meets. The strongest rule that applies wins: next, then on, then sometimes, then
/// always. Among equals the one that was added first is used up or asked first.
final class Script {
    private static final Behaviour NORMAL = new Normal();

    private volatile List<Rule> rules = List.of();

    private sealed interface Rule {
        Behaviour behaviour();

        boolean applies(String method);
    }

    private record Next(AtomicInteger left, String method, Behaviour behaviour) implements Rule {
        @Override
        public boolean applies(String called) {
            return (method.isEmpty() || method.equals(called)) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        }

        boolean spent() {
            return left.get() == 0;
        }
    }

    private record On(String method, Behaviour behaviour) implements Rule {
        @Override
        public boolean applies(String called) {
            return method.equals(called);
        }
    }

    private record Sometimes(double probability, Random random, Behaviour behaviour) implements Rule {
        @Override
        public boolean applies(String called) {
            return random.nextDouble() < probability;
        }
    }

    private record Always(Behaviour behaviour) implements Rule {
        @Override
        public boolean applies(String called) {
            return true;
        }
    }

    Behaviour behaviourFor(String method) {
        for (Rule rule : rules) {
            if (rule.applies(method)) {
                return rule.behaviour();
            }
        }
        return NORMAL;
    }

    void next(int calls, String method, Behaviour behaviour) {
        replace(rule -> false, new Next(new AtomicInteger(calls), method, behaviour));
    }

    void on(String method, Behaviour behaviour) {
        replace(rule -> rule instanceof On(var same, var _) && same.equals(method), new On(method, behaviour));
    }

    void sometimes(double probability, long seed, Behaviour behaviour) {
        replace(rule -> false, new Sometimes(probability, new Random(seed), behaviour));
    }

    void always(Behaviour behaviour) {
        replace(rule -> rule instanceof Always, new Always(behaviour));
    }

    void normal() {
        rules = List.of();
    }

    synchronized void normal(String method) {
        var kept = new ArrayList<>(rules);
        kept.removeIf(rule -> rule instanceof On(var same, var _) && same.equals(method));
        rules = List.copyOf(kept);
    }

    private synchronized void replace(Predicate<Rule> old, Rule added) {
        var kept = new ArrayList<>(rules);
        kept.removeIf(old.or(rule -> rule instanceof Next next && next.spent()));
        int place = 0;
        while (place < kept.size() && rank(kept.get(place)) <= rank(added)) {
            place++;
        }
        kept.add(place, added);
        rules = List.copyOf(kept);
    }

    private static int rank(Rule rule) {
        return switch (rule) {
            case Next _ -> 0;
            case On _ -> 1;
            case Sometimes _ -> 2;
            case Always _ -> 3;
        };
    }
}
