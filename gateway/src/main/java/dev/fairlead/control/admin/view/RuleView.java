package dev.fairlead.control.admin.view;

import dev.fairlead.core.jwt.KeySource;
import dev.fairlead.core.jwt.TokenPlan;
import dev.fairlead.core.logs.LogCap;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.transaction.RuleText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A rule that only the file can give a tenant: a list, tokens, caps for logs, a rule for transactions, a
/// webhook, the style of errors.
///
/// @param rule its key within the tenant's table, `transactions.max_gas`
/// @param text what it says, without secrets
/// @param place where it stands; null where that is not known
public record RuleView(String rule, String text, @Nullable String place) {
    /// Lists are long now and then; the rest is told by their number.
    private static final int TOLD = 20;

    /// @param places where a key of the configuration stands; empty when it stands nowhere
    static List<RuleView> of(TenantPlan tenant, UnaryOperator<String> places) {
        var rules = new Rules(tenant.key() + ".", places, new ArrayList<>());
        rules.list("addresses", tenant.lists().addresses());
        rules.list("origins", tenant.lists().origins());
        rules.list("agents", tenant.lists().agents());
        if (!tenant.tokens().isNone()) rules.add("jwt", tokens(tenant.tokens()));
        for (LogCap cap : LogCap.values()) {
            Long most = tenant.logs().of(cap);
            if (most != null) rules.add("logs." + cap.word(), most == 0 ? "no bound" : number(most));
        }
        String transactions = tenant.key() + ".transactions";
        for (RuleText rule : RuleText.of(new RuleText.Place(transactions, tenant.transactions()))) {
            rules.add(rule.key().substring(tenant.key().length() + 1), rule.text());
        }
        if (tenant.errors().declared() != null)
            rules.add("errors", tenant.errors().declared().word());
        return List.copyOf(rules.all());
    }

    private static String tokens(TokenPlan tokens) {
        Stream<String> files = Stream.concat(tokens.files().stream(), Stream.ofNullable(tokens.set()))
                .map(KeySource::text);
        Stream<String> remote =
                Stream.ofNullable(tokens.remote()).map(set -> set.from().toString());
        return (tokens.required() ? "needed besides a key" : "in the place of a key, or besides") + "; keys from "
                + Stream.concat(files, remote).collect(Collectors.joining(", ")) + "; audience " + tokens.audience()
                + (tokens.issuer() == null ? "" : "; issuer " + tokens.issuer());
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private record Rules(String prefix, UnaryOperator<String> places, List<RuleView> all) {
        void add(String rule, String text) {
            String place = places.apply(prefix + rule);
            all.add(new RuleView(rule, text, place.isEmpty() ? null : place));
        }

        void list(String rule, Collection<?> entries) {
            if (entries.isEmpty()) return;
            String told =
                    entries.stream().map(Object::toString).sorted().limit(TOLD).collect(Collectors.joining(", "));
            add(rule, entries.size() > TOLD ? told + " and " + (entries.size() - TOLD) + " more" : told);
        }
    }
}
