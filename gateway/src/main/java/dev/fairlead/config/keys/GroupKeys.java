package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.ListOf;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.core.fleet.CallBounds;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.url.NameRule;
import java.util.List;

/// The keys of one group: `[chains.<chain>.groups.<group>]`.
final class GroupKeys {
    static final Key<Group, List<String>> NODES = new Key<>(
            "nodes",
            new ListOf<>(Scalars.name(NameRule.NODE)),
            Group::nodes,
            "Names of its nodes, in order; an empty list is every node of the chain that is not a leader.");
    static final Key<Group, Group.Strategy> STRATEGY = new Key<>(
            "strategy",
            Scalars.choice(List.of(Group.Strategy.values())),
            Group::strategy,
            "Which of them is asked first: the first in the list that can serve, each in turn, at random by weight, the "
                    + "one with the fewest calls in flight, or the faster of two picked at random.");
    static final Key<Group, List<String>> METHODS = new Key<>(
            "methods",
            new ListOf<>(Scalars.text(
                    "method",
                    "a method, or the beginning of some with a star: \"debug_*\"",
                    "[A-Za-z][A-Za-z0-9_]*[*]?")),
            Group::methods,
            "Which methods it answers; a full name goes before a star, a longer star before a shorter one. The group `default` has none and "
                    + "answers what no other group claims; one that only `[[routes]]` lead to needs none.");
    static final Key<Group, CallBounds> DISPATCH = new Key<>(
            "dispatch",
            CallBoundsKeys.OF_GROUP,
            Group::bounds,
            "How hard the nodes are tried for calls that go to it.");
    static final Table<Group> GROUP = new Table<>(
            "chains.<chain>.groups.<group>",
            "A named set of nodes that answers certain methods. Without any, one group named `default` holds every node.",
            new Group("", List.of(), Group.Strategy.LATENCY, List.of()),
            List.of(NODES, STRATEGY, METHODS, DISPATCH),
            values -> new Group(
                    values.name(), values.of(NODES), values.of(STRATEGY), values.of(METHODS), values.of(DISPATCH)));

    private GroupKeys() {}
}
