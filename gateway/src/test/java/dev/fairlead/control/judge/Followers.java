package dev.fairlead.control.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Nodes that follow their lines as these grow, now and then a block late: the first is `<name>0`.
final class Followers {
    private record Follower(String name, ScriptedNode node, int lag) {}

    private final List<Follower> all = new ArrayList<>();
    private final Timeline time;
    private final String name;
    private final Random random;

    Followers(Timeline time, String name, Random random) {
        this.time = time;
        this.name = name;
        this.random = random;
    }

    Followers add(int count, BlockLine line) {
        for (int i = 0; i < count; i++) add(line, 0);
        return this;
    }

    /// @param lag by how many blocks it is always behind
    void add(BlockLine line, int lag) {
        var follower = new Follower(name + all.size(), new ScriptedNode(line, Pace.TOP), lag);
        all.add(follower);
        time.with(follower.name, follower.node);
    }

    List<ScriptedNode> nodes() {
        return all.stream().map(Follower::node).toList();
    }

    ScriptedNode node(int index) {
        return all.get(index).node;
    }

    List<Integer> indexes() {
        return IntStream.range(0, all.size()).boxed().toList();
    }

    /// Every check that is put to them is answered.
    Followers losesNone() {
        for (Follower one : all) time.loses(one.name, 0);
        return this;
    }

    /// To the newest block of each one's line, but never back.
    void advance() {
        for (Follower one : all) {
            BlockLine line = one.node.line();
            long top = line.heightAt(time.now()) - random.nextInt(2) - one.lag;
            while (line.isSkipped(top)) top--;
            one.node.at(Math.max(one.node.head(), top));
        }
    }

    long seen(int index) {
        return time.seen(all.get(index).name);
    }

    String word(int index) {
        return time.word(all.get(index).name);
    }

    boolean anyReady() {
        return indexes().stream().anyMatch(index -> word(index).equals("ready"));
    }

    void assertAll(List<Integer> indexes, String word, Supplier<String> told) {
        for (int index : indexes) assertThat(word(index)).as(told).isEqualTo(word);
    }

    void assertAll(String word) {
        assertAll(indexes(), word, time::told);
    }
}
