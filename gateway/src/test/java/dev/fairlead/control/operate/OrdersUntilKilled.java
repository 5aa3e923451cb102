package dev.fairlead.control.operate;

import dev.fairlead.core.fleet.NodeId;
import java.nio.file.Path;

/// A process that gives orders without end and says which were acknowledged, until it is killed.
final class OrdersUntilKilled {
    private OrdersUntilKilled() {}

    public static void main(String[] arguments) {
        Registry registry = Registry.open(Path.of(arguments[0]));
        for (int i = 1; ; i++) {
            registry.add(Said.url("http://node:" + i).name("node-" + i).order());
            System.out.println(i);
            if (i % 3 != 0) continue;
            registry.operator.remove(Registry.WHO, new NodeId("default", "node-" + i));
            System.out.println(-i);
        }
    }
}
