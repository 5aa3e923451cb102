package dev.fairlead.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private final FairQueue<String> queue = new FairQueue<>();

    @Test
    void ofOneConnectionTheFirstComesFirst() {
        add("a", 1, "1", "2", "3");

        assertThat(rest()).containsExactly("1", "2", "3");
    }

    @Test
    void connectionsOfOneAddressTakeTurns() {
        add("a", 1, "1", "2", "3");
        add("a", 2, "4", "5");

        assertThat(rest()).containsExactly("1", "4", "2", "5", "3");
    }

    @Test
    void addressesTakeTurnsHoweverManyConnectionsTheyHave() {
        for (int i = 0; i < 40; i++) add("a", i, "a" + i);
        add("b", 40, "b1", "b2");

        assertThat(rest().subList(0, 5)).containsExactly("a0", "b1", "a1", "b2", "a2");
    }

    @Test
    void whatIsTakenOutIsGone() {
        add("a", 1, "1", "2");
        add("b", 2, "3");

        assertThat(queue.remove(new Peer("a", 1), "1")).isTrue();
        assertThat(queue.remove(new Peer("a", 1), "1")).isFalse();
        assertThat(queue.remove(new Peer("c", 1), "2")).isFalse();
        assertThat(queue.size()).isEqualTo(2);
        assertThat(rest()).containsExactly("2", "3");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void whoHasMostMakesRoomWithItsNewest() {
        add("a", 1, "1", "2");
        add("a", 2, "3", "4", "5");
        add("b", 3, "6");

        assertThat(queue.giveWay(new Peer("c", 4))).isEqualTo("5");
        assertThat(queue.size()).isEqualTo(5);
    }

    @Test
    void nobodyMakesRoomForWhoHasItsShare() {
        add("a", 1, "1", "2", "3", "4");
        add("b", 2, "5", "6", "7", "8");

        assertThat(queue.giveWay(new Peer("a", 1))).isNull();
        assertThat(queue.giveWay(new Peer("b", 2))).isNull();
        assertThat(queue.size()).isEqualTo(8);
    }

    @Test
    void connectionsOfOneAddressShareItAlike() {
        add("a", 1, "1", "2", "3", "4");

        assertThat(queue.giveWay(new Peer("a", 1))).isNull();
        assertThat(queue.giveWay(new Peer("a", 2))).isEqualTo("4");
    }

    @Test
    void whereEverybodyHasOneNobodyHasToGo() {
        for (int i = 0; i < 8; i++) add("a" + i, i, "x");

        assertThat(queue.giveWay(new Peer("b", 9))).isNull();
    }

    @Test
    void anEmptyLineHasNoRoomToMake() {
        assertThat(queue.giveWay(new Peer("a", 1))).isNull();
        assertThat(queue.poll()).isNull();
    }

    private void add(String address, long connection, String... each) {
        for (String one : each) queue.add(new Peer(address, connection), one);
    }

    private List<String> rest() {
        List<String> rest = new ArrayList<>();
        for (String next = queue.poll(); next != null; next = queue.poll()) rest.add(next);
        return rest;
    }
}
