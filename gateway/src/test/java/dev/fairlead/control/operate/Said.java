package dev.fairlead.control.operate;

import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.fleet.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Orders for tests, word by word.
record Said(NodeOrder order) {
    static Said nothing() {
        return new Said(new NodeOrder(
                null, null, null, null, null, null, null, null, null, null, null, null, null, PlanOrder.NOTHING));
    }

    static Said url(String url) {
        return new Said(NodeOrder.to(url));
    }

    Said chain(String chain) {
        return with(chain, order.chainId(), order.name(), order.ws(), order.leader());
    }

    Said chainId(long id) {
        return with(order.chain(), id, order.name(), order.ws(), order.leader());
    }

    Said name(String name) {
        return with(order.chain(), order.chainId(), name, order.ws(), order.leader());
    }

    Said ws(String ws) {
        return with(order.chain(), order.chainId(), order.name(), ws, order.leader());
    }

    Said leader(boolean leader) {
        return with(order.chain(), order.chainId(), order.name(), order.ws(), leader);
    }

    Said role(Node.Role role) {
        return new Said(new NodeOrder(
                order.chain(),
                order.chainId(),
                order.name(),
                order.http(),
                order.ws(),
                role,
                order.leader(),
                order.headers(),
                order.auth(),
                order.tls(),
                order.labels(),
                order.weight(),
                order.capacity(),
                order.plan()));
    }

    Said secrets(@Nullable Map<String, String> headers, @Nullable BasicAuth auth, @Nullable Tls tls) {
        return new Said(new NodeOrder(
                order.chain(),
                order.chainId(),
                order.name(),
                order.http(),
                order.ws(),
                order.role(),
                order.leader(),
                headers,
                auth,
                tls,
                order.labels(),
                order.weight(),
                order.capacity(),
                order.plan()));
    }

    Said numbers(@Nullable Map<String, String> labels, @Nullable Integer weight, @Nullable Integer capacity) {
        return new Said(new NodeOrder(
                order.chain(),
                order.chainId(),
                order.name(),
                order.http(),
                order.ws(),
                order.role(),
                order.leader(),
                order.headers(),
                order.auth(),
                order.tls(),
                labels,
                weight,
                capacity,
                order.plan()));
    }

    Said plan(@Nullable String rate, @Nullable Long daily, @Nullable Map<String, Long> credits) {
        return new Said(new NodeOrder(
                order.chain(),
                order.chainId(),
                order.name(),
                order.http(),
                order.ws(),
                order.role(),
                order.leader(),
                order.headers(),
                order.auth(),
                order.tls(),
                order.labels(),
                order.weight(),
                order.capacity(),
                new PlanOrder(rate, daily, credits)));
    }

    private Said with(
            @Nullable String chain,
            @Nullable Long chainId,
            @Nullable String name,
            @Nullable String ws,
            @Nullable Boolean leader) {
        return new Said(new NodeOrder(
                chain,
                chainId,
                name,
                order.http(),
                ws,
                order.role(),
                leader,
                order.headers(),
                order.auth(),
                order.tls(),
                order.labels(),
                order.weight(),
                order.capacity(),
                order.plan()));
    }
}
