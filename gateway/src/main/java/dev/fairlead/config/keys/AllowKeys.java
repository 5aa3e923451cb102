package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.ListOf;
import dev.fairlead.config.ParsedText;
import dev.fairlead.config.Scalar;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.TableValues;
import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.allow.ContractAddress;
import dev.fairlead.core.allow.Origin;
import dev.fairlead.core.allow.OriginPattern;
import dev.fairlead.core.policy.TenantPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// The keys of what a tenant's callers may reach: `addresses`, `origins` and `agents` of `[tenants.<tenant>]`.
final class AllowKeys {
    private static final String AND = " Empty is no bound; of several lists each counts.";

    static final Key<TenantPlan, List<ContractAddress>> ADDRESSES = new Key<>(
            "addresses",
            new ListOf<>(address()),
            tenant -> new ArrayList<>(tenant.lists().addresses()),
            "Contracts and other accounts that its calls may be about." + AND);
    static final Key<TenantPlan, List<OriginPattern>> ORIGINS = new Key<>(
            "origins",
            new ListOf<>(origin()),
            tenant -> tenant.lists().origins(),
            "Origins of pages that may call; calls that come without `Origin` are refused then." + AND);
    static final Key<TenantPlan, List<String>> AGENTS = new Key<>(
            "agents",
            new ListOf<>(agent("MyApp/*")),
            tenant -> tenant.lists().agents(),
            "How clients that may call name themselves in `User-Agent`; anybody can name itself so." + AND);

    private AllowKeys() {}

    static AllowLists lists(TableValues<TenantPlan> values) {
        return new AllowLists(List.of(), Set.copyOf(values.of(ADDRESSES)), values.of(ORIGINS), values.of(AGENTS));
    }

    private static Scalar<ContractAddress> address() {
        return Scalars.text("address of a contract", "an address, 0x and 40 hex digits", ContractAddress.FORM)
                .as(text -> Objects.requireNonNull(ContractAddress.parse(text)), ContractAddress::toString);
    }

    /// What no browser ever sends is a fault.
    static Scalar<OriginPattern> origin() {
        Scalar<String> text = Scalars.text(
                "origin", "an origin with stars for what may be anything: \"https://*.example.com\"", "[!-~]{1,256}");
        return text.refined(
                said -> switch (OriginPattern.parse(said)) {
                    case OriginPattern.Parsed.Good(var pattern) -> new ParsedText.Value<>(pattern);
                    case OriginPattern.Parsed.NeverMatches(var why) -> new ParsedText.Wrong<>(why);
                },
                OriginPattern::text);
    }

    /// Spelled as browsers spell it.
    static Scalar<String> exactOrigin() {
        Scalar<String> text = Scalars.text(
                "origin",
                "* or an origin such as \"https://app.example.com\", without a path",
                "[*]|null|[A-Za-z][A-Za-z0-9+.-]*://[^/?#\\s]+");
        return text.refined(AllowKeys::spelled, Function.identity());
    }

    private static ParsedText<String> spelled(String said) {
        if (said.equals("*") || said.equals("null")) return new ParsedText.Value<>(said);
        Origin origin = Origin.parse(said);
        return origin == null ? new ParsedText.Other<>() : new ParsedText.Value<>(origin.toString());
    }

    /// Headers come without space around them.
    static Scalar<String> agent(String example) {
        return Scalars.text(
                "user agent",
                "a text with stars for what may be anything, without space around it: \"" + example + "\"",
                "[!-~]([ -~]{0,254}[!-~])?");
    }
}
