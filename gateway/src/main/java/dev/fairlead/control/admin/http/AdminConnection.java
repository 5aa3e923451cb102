package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.AdminRoute.Lane;
import dev.fairlead.control.admin.http.ConnectionState.State;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client of the admin API: its request is put together, and its answer written no faster than it reads. Nothing
/// more is read of it meanwhile. Lives on the loop of the admin API; [ConnectionState] has its states.
final class AdminConnection {
    /// How much of a body that nobody wants is still read, so that its sender gets to see the answer.
    private static final int PATIENCE = 16 * 1024 * 1024;

    /// An answer of more goes on when the others had their turn.
    private static final int TURN = 256 * 1024;

    private static final byte[] GO_AHEAD = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final AnswerBytes NOTHING = AnswerBytes.few(new byte[0]);
    private static final Logger log = LoggerFactory.getLogger(AdminConnection.class);

    private final SocketChannel channel;
    private final InetAddress address;
    private final Loop loop;
    private final InputBytes received = new InputBytes();
    private @Nullable SelectionKey key;

    private State state = State.IDLE;
    private long since;
    private boolean answeredOnce;

    private HttpReader reader = new HttpReader(received);
    private @Nullable HttpHead head;
    private int waitingBytes;

    private ByteBuffer answerHead = ByteBuffer.allocate(0);
    private ByteBuffer answerBody = ByteBuffer.allocate(0);
    private AnswerBytes answer = NOTHING;
    private @Nullable Lane lane;
    private boolean goesOn;
    private boolean lingers;
    private long movedAt;
    private long written;
    private long scrap;

    /// What it needs of its loop.
    interface Loop {
        AdminRouter router();

        /// Whether others wait for a place, because all that are open have work: then one answer is all one gets.
        boolean isAwaited();

        /// Is to be answered when its turn comes.
        ///
        /// @return false when too many wait already
        boolean takes(Asked asked);
    }

    /// A whole request that waits for its turn.
    record Asked(AdminConnection by, AdminRouter.Found found, HttpHead head, ByteBuffer body) {}

    AdminConnection(SocketChannel channel, InetAddress address, long now, Loop loop) {
        this.channel = channel;
        this.address = address;
        this.loop = loop;
        this.since = now;
    }

    void watchedBy(SelectionKey watched) {
        key = watched;
    }

    InetAddress address() {
        return address;
    }

    ConnectionState stateNow() {
        return new ConnectionState(state, since, movedAt, written);
    }

    State state() {
        return state;
    }

    /// Of the answer that it writes.
    @Nullable
    Lane lane() {
        return lane;
    }

    /// Bytes of memory that its request takes.
    int held() {
        return state == State.ENDED ? 0 : received.held() + reader.held() + waitingBytes;
    }

    /// Whether there is something to do that the selector does not know of: what its client sent ahead.
    boolean isReady() {
        return state == State.IDLE && received.size() > 0;
    }

    /// Does what there is to do, for one turn.
    ///
    /// @param scratch of the loop
    void advance(ByteBuffer scratch, long now) throws IOException {
        switch (state) {
            case IDLE, READING -> read(scratch, now);
            case WRITING -> write(scratch, now);
            case LINGERING -> linger(scratch);
            case WAITING, ENDED -> {}
        }
        listen();
    }

    /// Says what the selector is to wake for.
    private void listen() {
        if (key == null || !key.isValid()) return;
        key.interestOps(
                switch (state) {
                    case IDLE, READING, LINGERING -> isReady() ? 0 : SelectionKey.OP_READ;
                    case WRITING -> SelectionKey.OP_WRITE;
                    case WAITING, ENDED -> 0;
                });
    }

    private void read(ByteBuffer scratch, long now) throws IOException {
        if (!isReady()) {
            int count = channel.read(scratch.clear());
            if (count < 0) end();
            if (count <= 0) return;
            received.add(scratch.flip());
        }
        if (state == State.IDLE) {
            state = State.READING;
            if (answeredOnce) since = now;
        }
        try {
            request(now);
        } catch (HttpFault fault) {
            answer(AdminAnswer.problem(fault.problem()), true, now);
        }
        if (state == State.WRITING) write(scratch, now);
    }

    private void request(long now) throws IOException {
        if (head == null) {
            head = reader.head();
            if (head == null) return;
            AdminAnswer refused = loop.router().atOnce(head);
            if (refused != null) {
                answer(refused, head.hasBody(), now);
                return;
            }
            if (head.waits()) channel.write(ByteBuffer.wrap(GO_AHEAD));
        }
        byte[] body = reader.body(head);
        if (body == null) return;
        switch (loop.router().find(head)) {
            case AdminRouter.Nowhere(AdminAnswer why) -> answer(why, false, now);
            case AdminRouter.Found found -> waitFor(new Asked(this, found, head, ByteBuffer.wrap(body)), now);
        }
    }

    private void waitFor(Asked asked, long now) {
        if (loop.takes(asked)) {
            state = State.WAITING;
            waitingBytes = asked.body().remaining();
        } else {
            answer(
                    AdminAnswer.busy("expected fewer orders to wait for their turn, found too many, or too large ones"),
                    false,
                    now);
        }
    }

    /// Tells why it gets nothing else, and ends.
    void refuse(AdminAnswer why, ByteBuffer scratch, long now) throws IOException {
        answer(why, true, now);
        write(scratch, now);
        listen();
    }

    private void answer(AdminAnswer given, boolean last, long now) {
        byte[] body = given.body().getBytes(StandardCharsets.UTF_8);
        answer(given, AnswerBytes.few(body), null, last, now);
    }

    /// What it waited for.
    void answered(AdminAnswer given, AnswerBytes body, Lane of, ByteBuffer scratch, long now) throws IOException {
        if (state != State.WAITING) return;
        answer(given, body, of, false, now);
        write(scratch, now);
        listen();
    }

    /// @param last whether the connection ends, since what follows cannot be told
    private void answer(AdminAnswer given, AnswerBytes body, @Nullable Lane of, boolean last, long now) {
        boolean makesRoom = loop.isAwaited();
        goesOn = !last && !makesRoom && head != null && head.isPersistent();
        lingers = last || makesRoom;
        boolean withoutBody = head != null && head.verb().equals("HEAD");
        answerHead = ByteBuffer.wrap(given.head(body.bytes().length, goesOn));
        answer = withoutBody ? NOTHING : body;
        answer.hold();
        answerBody = ByteBuffer.wrap(answer.bytes());
        lane = of;
        forgetRequest();
        if (lingers) received.clear();
        state = State.WRITING;
        since = now;
        movedAt = now;
        written = 0;
    }

    private void forgetRequest() {
        reader = new HttpReader(received);
        head = null;
        waitingBytes = 0;
    }

    private void write(ByteBuffer scratch, long now) throws IOException {
        int turn = 0;
        boolean taken = true;
        while (taken && turn < TURN && left() > 0) {
            int count = writeSome(scratch);
            taken = count > 0;
            turn += count;
        }
        if (turn > 0) movedAt = now;
        written += turn;
        if (left() == 0) finished(now);
    }

    private int left() {
        return answerHead.remaining() + answerBody.remaining();
    }

    /// By way of the loop's one buffer, lest the JDK keeps one as large as the largest answer.
    private int writeSome(ByteBuffer scratch) throws IOException {
        fill(scratch.clear(), answerHead.duplicate());
        fill(scratch, answerBody.duplicate());
        int count = channel.write(scratch.flip());
        int ofHead = Math.min(count, answerHead.remaining());
        answerHead.position(answerHead.position() + ofHead);
        answerBody.position(answerBody.position() + count - ofHead);
        return count;
    }

    private static void fill(ByteBuffer into, ByteBuffer from) {
        from.limit(from.position() + Math.min(from.remaining(), into.remaining()));
        into.put(from);
    }

    private void finished(long now) throws IOException {
        letGo();
        answeredOnce = true;
        since = now;
        if (lingers) {
            channel.shutdownOutput(); // a reset could destroy the answer before it is read
            state = State.LINGERING;
        } else if (goesOn) {
            state = State.IDLE;
        } else {
            end();
        }
    }

    private void linger(ByteBuffer scratch) throws IOException {
        int count = channel.read(scratch.clear());
        scrap += count;
        if (count < 0 || scrap > PATIENCE) end();
    }

    private void letGo() {
        answer.letGo();
        answer = NOTHING;
        lane = null;
        answerHead = ByteBuffer.allocate(0);
        answerBody = answerHead;
    }

    void end() {
        if (state == State.ENDED) return;
        if (state == State.WRITING) letGo();
        state = State.ENDED;
        received.clear();
        forgetRequest();
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            log.trace("a client of the admin API was gone before", alreadyGone);
        }
    }
}
