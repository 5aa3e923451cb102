package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.AdminRoute.Lane;
import dev.fairlead.control.admin.http.ConnectionState.State;
import dev.fairlead.control.admin.http.Problem.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connections of the admin API that are open, and which of them end when places or memory are wanted for others:
/// those that do nothing, oldest first. Lives on the loop of the admin API.
final class AdminConnections {
    /// Requests of fewer bytes are not counted, and left alone when memory is wanted.
    private static final int SMALL = 4 * 1024;

    private static final int PREFIX_OF_IPV6 = 8;
    private static final AdminAnswer LATE = AdminAnswer.problem(
            Problem.of(Kind.TIMEOUT, "expected the whole request by now, found a part of it", "send it faster"));
    private static final Logger log = LoggerFactory.getLogger(AdminConnections.class);

    private final AdminLimits limits;
    private final ByteBuffer scratch;
    /// In the order in which they came: several may have come at the same moment.
    private final Set<AdminConnection> all = new LinkedHashSet<>();

    AdminConnections(AdminLimits limits, ByteBuffer scratch) {
        this.limits = limits;
        this.scratch = scratch;
    }

    /// Bytes of memory that requests take which are not small.
    long requestBytes() {
        return all.stream()
                .mapToLong(AdminConnection::held)
                .filter(bytes -> bytes > SMALL)
                .sum();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    boolean areIdle() {
        return all.stream().allMatch(connection -> connection.state() == State.IDLE && !connection.isReady());
    }

    /// Those with something to do that the selector does not know of.
    List<AdminConnection> ready() {
        return all.stream().filter(AdminConnection::isReady).toList();
    }

    /// Whether one more finds a place, at the cost of another one perhaps.
    boolean haveRoom(long now) {
        return all.size() < limits.connections() || oldest(_ -> true, now).isPresent();
    }

    /// Takes one more, in place of the oldest one that does nothing when all places are taken.
    ///
    /// @return null, or why it gets no place
    @Nullable
    AdminAnswer add(AdminConnection connection, long now) {
        if (isCounted(connection.address())) {
            Predicate<AdminConnection> same = other -> isSame(other.address(), connection.address());
            long taken = all.stream().filter(same).count();
            if (taken >= limits.ofAddress() && !endOldest(same, now)) {
                return AdminAnswer.busy(
                        "expected at most " + limits.ofAddress() + " connections of one address, found more");
            }
        }
        if (all.size() >= limits.connections()) endOldest(_ -> true, now);
        all.add(connection);
        return null;
    }

    /// Programs on this machine share one address.
    private static boolean isCounted(InetAddress address) {
        return !address.isLoopbackAddress();
    }

    private static boolean isSame(InetAddress one, InetAddress other) {
        byte[] a = one.getAddress();
        byte[] b = other.getAddress();
        if (a.length != b.length) return false;
        int prefix = a.length == 4 ? 4 : PREFIX_OF_IPV6;
        return Arrays.equals(a, 0, prefix, b, 0, prefix);
    }

    private Optional<AdminConnection> oldest(Predicate<AdminConnection> among, long now) {
        return all.stream()
                .filter(among)
                .filter(connection -> connection.stateNow().mayMakeRoom(now))
                .min(Comparator.comparingLong(
                        connection -> connection.stateNow().since() - now));
    }

    private boolean endOldest(Predicate<AdminConnection> among, long now) {
        Optional<AdminConnection> oldest = oldest(among, now);
        oldest.ifPresent(this::end);
        return oldest.isPresent();
    }

    void end(AdminConnection connection) {
        connection.end();
        all.remove(connection);
    }

    void endAll() {
        List.copyOf(all).forEach(this::end);
    }

    /// Whether a whole request may wait with so large a body.
    boolean haveMemory(int body) {
        return body <= SMALL || requestBytes() + body <= limits.requestBytes();
    }

    /// After a turn of one: when requests take too much memory together, the oldest unfinished ones make room for it.
    void moved(AdminConnection connection, long now) {
        if (connection.state() == State.ENDED) all.remove(connection);
        while (connection.state() == State.READING && requestBytes() > limits.requestBytes()) {
            AdminConnection other = all.stream()
                    .filter(one -> one != connection && one.state() == State.READING && one.held() > SMALL)
                    .min(Comparator.comparingLong(one -> one.stateNow().since() - now))
                    .orElse(connection);
            refuse(other, AdminAnswer.busy("expected less of all requests together, found too much"), now);
        }
    }

    /// Ends those whose time is over, and those that take their answers slowly where others wait for that.
    void round(long now, Predicate<Lane> awaited) {
        boolean crowded = limits.areCrowded(all.size());
        for (AdminConnection connection : List.copyOf(all)) {
            ConnectionState stateNow = connection.stateNow();
            Lane lane = connection.lane();
            if (stateNow.isLate(now, crowded, limits)) late(connection, now);
            else if (lane != null && awaited.test(lane) && stateNow.isSlow(now)) end(connection);
        }
    }

    private void late(AdminConnection connection, long now) {
        if (connection.state() == State.READING) refuse(connection, LATE, now);
        else end(connection);
    }

    private void refuse(AdminConnection connection, AdminAnswer why, long now) {
        try {
            connection.refuse(why, scratch, now);
        } catch (IOException gone) {
            log.debug("a client of the admin API is gone", gone);
            end(connection);
        }
    }
}
