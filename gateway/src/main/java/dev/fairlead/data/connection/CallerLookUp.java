package dev.fairlead.data.connection;

import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.jwt.TokenCheck;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.data.access.Admission;
import dev.fairlead.data.access.Admission.Admitted;
import dev.fairlead.data.access.Admission.Finding;
import dev.fairlead.data.access.Admission.Rejected;
import dev.fairlead.data.access.CallerKeys;
import dev.fairlead.data.access.IpAddress;
import dev.fairlead.data.access.IpRange;
import dev.fairlead.data.access.PresentedKey;
import dev.fairlead.data.access.PresentedKey.KeyAndToken;
import dev.fairlead.data.access.PresentedKey.Misplaced;
import dev.fairlead.data.access.PresentedKey.None;
import dev.fairlead.data.access.PresentedKey.One;
import dev.fairlead.data.access.PresentedKey.Several;
import dev.fairlead.data.access.PresentedKey.Token;
import dev.fairlead.data.access.PresentedKey.Unfit;
import dev.fairlead.data.call.CallerBuckets;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.http.RequestHead;
import dev.fairlead.data.http.RequestTarget;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.rpc.ChainOfPath;
import dev.fairlead.data.rpc.MessageSender;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Finds out who sent the requests of one connection, and which chain they mean. What was found for a head
/// counts until the access policy, the Fleet or the configuration is another one, and for a second at the most:
/// then a key expires in time, its use is noted, and limits see that their buckets are in use.
final class CallerLookUp {
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final LoopContext context;
    private final IpAddress address;
    private final Peer peer;
    private Peer lastPeer;
    private @Nullable RequestHead lastHead;
    private @Nullable AccessPolicy lastPolicy;
    private @Nullable Fleet lastFleet;
    private @Nullable ServerConfig lastConfig;
    private @Nullable MessageSender last;
    private long foundAt;

    private byte[] keyText = new byte[0];
    private @Nullable AccessPolicy keyPolicy;
    private @Nullable ApiKey key;

    /// @param address of the connection's other end
    /// @param peer the same, as long as no proxy says for whom it forwards
    CallerLookUp(LoopContext context, IpAddress address, Peer peer) {
        this.context = context;
        this.address = address;
        this.peer = peer;
        this.lastPeer = peer;
    }

    /// @param now `System.nanoTime()`
    @SuppressWarnings("ReferenceEquality")
    MessageSender of(RequestHead head, ServerConfig config, long now) {
        AccessPolicy policy = context.state().keys().policy();
        Fleet fleet = context.calls().fleet();
        MessageSender found = last;
        boolean same = head == lastHead && policy == lastPolicy && fleet == lastFleet && config == lastConfig;
        if (found != null && same && now - foundAt < FRESH) return found;
        found = look(head, policy, fleet, config);
        lastHead = head;
        lastPolicy = policy;
        lastFleet = fleet;
        lastConfig = config;
        last = found;
        foundAt = now;
        return found;
    }

    private MessageSender look(RequestHead head, AccessPolicy policy, Fleet fleet, ServerConfig config) {
        String segment = "";
        String inPath = null;
        if (head.target() instanceof RequestTarget.Calls(var chain, var key)) {
            segment = chain;
            inPath = key;
        }
        ChainOfPath chain = chain(segment, head, fleet, config);
        if (!policy.takesKeys()) {
            boolean isKey = inPath == null && chain instanceof ChainOfPath.None && ApiKey.looksLikeOne(segment);
            ChainOfPath meant = isKey ? chain("", head, fleet, config) : chain;
            if (inPath != null && !ApiKey.looksLikeOne(inPath)) meant = ChainOfPath.nothing(fleet);
            return new MessageSender.LetIn(client(Admission.NOBODY, name(meant), policy, head, config), meant);
        }
        if (inPath == null && chain instanceof ChainOfPath.None && isForCallers(segment)) {
            inPath = segment;
            chain = chain("", head, fleet, config);
        }
        PresentedKey presented = inPath == null ? head.key() : PresentedKey.both(head.key(), PresentedKey.of(inPath));
        String name = name(chain);
        Instant now = context.state().keys().now();
        Finding finding = find(presented, policy, from(head, config), now);
        return switch (Admission.of(policy, name, presented, finding, sender(head), now)) {
            case Admitted admitted -> {
                if (admitted.key() != null) context.state().keys().used(admitted.key(), now);
                yield new MessageSender.LetIn(client(admitted, name, policy, head, config), chain);
            }
            case Rejected rejected -> {
                tell(rejected, name, from(head, config));
                Client client = client(rejected.caller(), rejected.addressee(), name, policy, head, config);
                yield new MessageSender.KeptOut(client, rejected.refused());
            }
        };
    }

    private void tell(Rejected rejected, @Nullable String chain, IpAddress from) {
        CallerKeys keys = context.state().keys();
        if (rejected.fault() != null) keys.tokens().refused(rejected.fault(), from.group());
        if (rejected.objection() != null)
            keys.closed().forbidden(chain, rejected.caller().tenant(), rejected.objection());
        ApiKey invalid = rejected.invalidKey();
        if (invalid != null) keys.closed().ended(chain, invalid, from.text());
    }

    /// Whether a path's only segment was meant to say who calls.
    private static boolean isForCallers(String segment) {
        return ApiKey.hasForm(segment) || PresentedKey.looksLikeToken(segment);
    }

    /// What the path names as the chain, else what the host stands for.
    private static ChainOfPath chain(String segment, RequestHead head, Fleet fleet, ServerConfig config) {
        return ChainOfPath.of(fleet, segment.isEmpty() ? config.chain(head.host()) : segment);
    }

    private static @Nullable String name(ChainOfPath chain) {
        return chain instanceof ChainOfPath.Found(var found) ? found : null;
    }

    private Finding find(PresentedKey presented, AccessPolicy policy, IpAddress from, Instant now) {
        return switch (presented) {
            case One(var text) -> found(text, policy);
            case Token(var text) -> new Finding(null, null, check(text, policy, null, from, now));
            case KeyAndToken(var one, var token) -> {
                Finding found = found(one.text(), policy);
                ApiKey valid = found.key();
                if (valid == null || valid.isExpired(now)) yield found;
                yield new Finding(valid, null, check(token.text(), policy, valid.tenant(), from, now));
            }
            case None _, Unfit _, Misplaced _, Several _ -> Finding.NOTHING;
        };
    }

    private Finding found(String text, AccessPolicy policy) {
        ApiKey found = find(text, policy);
        return new Finding(found, found == null ? context.state().keys().gone(text) : null, null);
    }

    private TokenCheck check(String text, AccessPolicy policy, @Nullable String only, IpAddress from, Instant now) {
        return context.state().keys().tokens().check(text, policy.issuers(), only, from.group(), now);
    }

    /// A connection brings nearly always the same key; what tells it from another one does so in constant time.
    @SuppressWarnings("ReferenceEquality")
    private @Nullable ApiKey find(String text, AccessPolicy policy) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (policy != keyPolicy || !MessageDigest.isEqual(bytes, keyText)) {
            key = policy.key(text);
            keyText = bytes;
            keyPolicy = policy;
        }
        return key;
    }

    private static Admission.Sender sender(RequestHead head) {
        return new Admission.Sender(head.origin(), head.userAgent());
    }

    private Client client(
            Admitted caller, @Nullable String chain, AccessPolicy policy, RequestHead head, ServerConfig config) {
        return client(caller, caller.tenant(), chain, policy, head, config);
    }

    /// @param addressee in whose style it is told of errors
    private Client client(
            Admitted caller,
            Tenant addressee,
            @Nullable String chain,
            AccessPolicy policy,
            RequestHead head,
            ServerConfig config) {
        IpAddress from = from(head, config);
        return new Client(
                caller.tenant(),
                caller.key(),
                caller.token(),
                caller.scope(),
                from.text(),
                peer(from),
                head.origin(),
                head.userAgent(),
                policy.errors(chain, addressee),
                head.past(),
                new CallerBuckets());
    }

    private IpAddress from(RequestHead head, ServerConfig config) {
        if (head.forwarded() == null || !IpRange.contain(config.trustedProxies(), address)) return address;
        return head.forwarded().client(address, config.trustedProxies());
    }

    /// Each address behind a proxy counts for itself.
    private Peer peer(IpAddress from) {
        if (from.equals(address)) return peer;
        if (!from.group().equals(lastPeer.address())) {
            lastPeer = new Peer(from.group(), context.calls().nextSerial());
        }
        return lastPeer;
    }
}
