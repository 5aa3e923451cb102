package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client of the admin API, on a virtual thread of its own: reads requests and answers them, one after the
/// other.
public final class AdminConnection implements Runnable {
    public static final Duration REQUEST = Duration.ofSeconds(30);

    private static final Duration IDLE = Duration.ofSeconds(60);
    /// How long a client may take nothing of its answer.
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration LINGER = Duration.ofSeconds(2);
    /// So much of an unwanted body is still read, so that the client gets to see the answer.
    private static final int PATIENCE = 16 * 1024 * 1024;

    private static final int SCRAP = 8 * 1024;

    private static final byte[] GO_AHEAD = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Logger log = LoggerFactory.getLogger(AdminConnection.class);

    private final Socket socket;
    private final TimedInput timed;
    private final InputStream in;
    private final Supplier<AdminRouter> reception;
    private final Duration patience;
    private volatile long writingSince;

    /// @param patience from the first byte of a request to its last
    public AdminConnection(Socket socket, Supplier<AdminRouter> reception, Duration patience) throws IOException {
        this.socket = socket;
        this.timed = new TimedInput(socket);
        this.in = new BufferedInputStream(timed);
        this.reception = reception;
        this.patience = patience;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            boolean goesOn = isAsked();
            while (goesOn) goesOn = answersOn() && isAsked();
        } catch (IOException gone) {
            log.debug("a client of the admin API is gone", gone);
        }
    }

    private boolean isAsked() throws IOException {
        timed.allow(IDLE);
        in.mark(1);
        try {
            if (in.read() < 0) return false;
        } catch (SocketTimeoutException _) {
            return false;
        }
        in.reset();
        timed.allow(patience);
        return true;
    }

    /// @return whether the connection goes on
    private boolean answersOn() throws IOException {
        var reader = new HttpReader(in);
        HttpHead head = null;
        try {
            head = reader.head();
            if (head == null) return false;
            AdminAnswer refused = reception.get().atOnce(head);
            if (refused != null) return answered(head, refused, head.hasBody());
            if (head.waits()) write(GO_AHEAD);
            String body = text(reader.body(head));
            return answered(head, reception.get().answer(head, body), false);
        } catch (SocketTimeoutException _) {
            Problem late = Problem.of(
                    Kind.TIMEOUT,
                    "expected the whole request within " + patience.toMillis() + " ms, found less",
                    "send it faster");
            return answered(head, AdminAnswer.problem(late), true);
        } catch (HttpFault fault) {
            return answered(head, AdminAnswer.problem(fault.problem()), true);
        }
    }

    private static String text(byte[] body) throws HttpFault {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new HttpFault(
                    Problem.of(Kind.INVALID, "expected a body in UTF-8, found other bytes", "encode it so"));
        }
    }

    /// @param head null when none could be read
    /// @param last whether the connection ends because the bytes that follow cannot be understood
    private boolean answered(@Nullable HttpHead head, AdminAnswer answer, boolean last) throws IOException {
        boolean goesOn = !last && head != null && head.isPersistent();
        boolean withoutBody = head != null && head.verb().equals("HEAD");
        write(bytes(answer, withoutBody, goesOn));
        if (last) linger();
        return goesOn;
    }

    private static byte[] bytes(AdminAnswer answer, boolean withoutBody, boolean goesOn) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder("HTTP/1.1 " + answer.status() + " " + reason(answer.status()) + "\r\n");
        field(head, "Content-Type", answer.contentType());
        field(head, "Content-Length", Integer.toString(body.length));
        field(head, "Cache-Control", "no-store");
        field(head, "X-Content-Type-Options", "nosniff");
        answer.headers().forEach((name, value) -> field(head, name, value));
        if (!goesOn) field(head, "Connection", "close");
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!withoutBody) all.writeBytes(body);
        return all.toByteArray();
    }

    private static String reason(int status) {
        if (status < 300) return status == 201 ? "Created" : "OK";
        if (status == AdminAnswer.LOOP_STATUS) return "Loop Detected";
        return Stream.of(Kind.values())
                .filter(kind -> kind.status() == status)
                .map(Kind::title)
                .findFirst()
                .orElse("");
    }

    private static void field(StringBuilder head, String name, String value) {
        head.append(name)
                .append(": ")
                .append(value.replaceAll("\\p{Cntrl}", " "))
                .append("\r\n");
    }

    private void write(byte[] bytes) throws IOException {
        writingSince = System.nanoTime() | 1;
        socket.getOutputStream().write(bytes);
        writingSince = 0;
    }

    /// A reset could destroy the answer before it is read.
    private void linger() throws IOException {
        socket.shutdownOutput();
        timed.allow(LINGER);
        try {
            var scrap = new byte[SCRAP];
            int read = 0;
            for (long left = PATIENCE; left > 0 && read >= 0; left -= read) read = in.read(scrap);
        } catch (SocketTimeoutException _) {
            log.trace("a client of the admin API sends no more");
        }
    }

    /// Answers with the problem, and reads no request.
    public void turnAway(Problem problem) throws IOException {
        try (socket) {
            write(bytes(AdminAnswer.problem(problem), false, false));
            socket.shutdownOutput();
        }
    }

    /// Closes the connection of a client that does not read.
    public void expire(long now) {
        long since = writingSince;
        if (since != 0 && now - since > ANSWER.toNanos()) close();
    }

    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            log.trace("a client of the admin API was gone before", alreadyGone);
        }
    }
}
