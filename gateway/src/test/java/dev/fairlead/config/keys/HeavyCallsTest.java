package dev.fairlead.config.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.config.Toml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a call takes is a fault only where whoever is counted may make it.
class HeavyCallsTest {
    private static final String TRACES =
            "policy.preset = \"dapp\"\npolicy.credits = { \"debug_trace*\" = 50 }\n" + Toml.NODE;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[tenants.a]\nrate = \"20/s\"",
                "[tenants.a]\nrate = \"20/s\"\nburst = 40\ndaily = 40",
                "[tenants.a]\npreset = \"everything\"\ndeny = [\"debug_trace*\"]\ndaily = 40",
                "[tenants.a]\npreset = \"everything\"\ndeny = [\"debug_*\"]\nrate = \"20/s\"",
                "[[limits]]\nrate = \"20/s\"",
                "[[limits]]\nrate = \"20/s\"\nmethods = [\"debug_*\"]",
                "[tenants.a]\nallow = [\"debug_traceBlock\"]\n[[limits]]\nrate = \"20/s\"\nexempt_tenants = [\"a\"]",
                "[tenants.a]\nallow = [\"debug_traceBlock\"]\n[tenants.b]\n[[limits]]\nrate = \"20/s\"\ntenant = \"b\"",
                "[[routes]]\ntenant = \"a\"\nmethods = [\"debug_trace*\"]\ngroup = \"default\"\n[tenants.a]\n[tenants.b]\nrate = \"20/s\""
            })
    void whatIsClosedMayTakeMoreThanThereIs(String toml) {
        assertThat(Toml.valid(TRACES + toml).policy()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[tenants.a]\nrate = \"20/s\"\nallow = [\"debug_traceBlock\"]",
                "[tenants.a]\ndaily = 40\npreset = \"everything\"",
                "[chains.mainnet.policy]\nallow = [\"debug_traceBlock\"]\n[tenants.a]\ndaily = 40",
                "[tenants.a]\nallow = [\"debug_traceBlock\"]\n[[limits]]\nrate = \"20/s\"\nper = [\"key\"]",
                "[[limits]]\nrate = \"20/s\"\n[[routes]]\ntenant = \"added-later\"\nmethods = [\"debug_trace*\"]\ngroup = \"default\"",
                "[chains.mainnet.groups.traces]\nnodes = [\"geth-1\"]\nmethods = [\"debug_trace*\"]\n[[limits]]\nrate = \"20/s\""
            })
    void whatIsOpenMayNot(String toml) {
        assertThat(Toml.faults(TRACES + toml))
                .singleElement()
                .asString()
                .contains(" takes 50 credits (policy.credits), ");
    }
}
