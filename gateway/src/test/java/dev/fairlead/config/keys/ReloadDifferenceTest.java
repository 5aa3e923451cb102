package dev.fairlead.config.keys;

import static dev.fairlead.config.Toml.NODE;
import static dev.fairlead.config.Toml.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.config.EveryKeyTest;
import dev.fairlead.config.Key;
import dev.fairlead.config.Table;
import dev.fairlead.config.TableType;
import dev.fairlead.config.Tables;
import dev.fairlead.config.ValueType;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReloadDifferenceTest {
    private static final String SECOND = "[chains.mainnet.nodes.geth-2]\nurl = \"http://10.0.0.6:8545\"\n";

    @Test
    void theSameSettingsDoNotDiffer() {
        assertThat(ReloadDifference.between(EveryKeyTest.read(), EveryKeyTest.read())
                        .isNone())
                .isTrue();
    }

    @Test
    void nodesComeAndGo() {
        var one = valid(NODE);
        var two = valid(NODE + SECOND);

        assertThat(ReloadDifference.between(one, two).lines()).containsExactly("chain mainnet: node geth-2 added");
        assertThat(ReloadDifference.between(two, one).lines()).containsExactly("chain mainnet: node geth-2 removed");
    }

    @Test
    void aRenamedChainIsAnotherChain() {
        var before = valid("[chains.a]\nid = 5");
        var after = valid("[chains.b]\nid = 5");

        assertThat(ReloadDifference.between(before, after).lines()).containsExactly("chain a removed", "chain b added");
    }

    @Test
    void anotherOrderOfNodesIsADifference() {
        var before = valid(NODE + SECOND);
        var after = valid(SECOND + NODE);

        assertThat(ReloadDifference.between(before, after).lines())
                .containsExactly("chain mainnet: nodes in another order");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://10.0.0.5:8545/v3/otherkeyotherkey1 | url changed",
                "http://10.0.0.5:8545/?apikey=other        | url changed",
                "http://u:other@10.0.0.5:8545              | auth: none → given"
            })
    void aChangedSecretIsNamedAndNotShown(String url, String line) {
        var after = valid("[chains.mainnet.nodes.geth-1]\nurl = \"" + url + "\"");

        var lines = ReloadDifference.between(valid(NODE), after).lines();

        assertThat(lines).containsExactly("chain mainnet: node geth-1: " + line);
        assertThat(lines).noneMatch(text -> text.contains("other"));
    }

    @Test
    void whatNeedsARestartStaysAsItWas() {
        var before = Settings.DEFAULT;
        var after = EveryKeyTest.read();

        var applicable = ReloadDifference.applicable(before, after);

        var difference = ReloadDifference.between(before, applicable);
        assertThat(difference.needRestart()).isEmpty();
        assertThat(difference.applied())
                .isEqualTo(ReloadDifference.between(before, after).applied());
        assertThat(ReloadDifference.between(applicable, after).applied()).isEmpty();
    }

    /// Not by the lines, but key by key.
    @Test
    void eachKeySaysWhetherARunningGatewayTakesItOver() {
        var before = Settings.DEFAULT;
        var after = EveryKeyTest.read();
        var applicable = ReloadDifference.applicable(before, after);
        var seen = new TreeMap<Boolean, Integer>();

        taken(Keys.ROOT, before, after, applicable, seen);

        assertThat(seen.get(true)).isGreaterThan(5);
        assertThat(seen.get(false)).isGreaterThan(20);
    }

    private static <R> void taken(Table<R> table, R before, R after, R applicable, Map<Boolean, Integer> seen) {
        for (Key<R, ?> key : table.keys()) taken(key, before, after, applicable, seen);
    }

    private static <R, T> void taken(Key<R, T> key, R before, R after, R applicable, Map<Boolean, Integer> seen) {
        T was = key.of().apply(before);
        T is = key.of().apply(after);
        T now = key.of().apply(applicable);
        if (key.type() instanceof Table<T> inner && was != null && is != null && now != null) {
            taken(inner, was, is, now, seen);
            return;
        }
        assertThat(now).as(key.name()).isEqualTo(key.restart() ? was : is);
        seen.merge(key.restart(), 1, Integer::sum);
    }

    @Test
    void whatStandsUnderAChosenNameIsTakenOverWhole() {
        assertThat(Keys.ROOT.keys()).allSatisfy(key -> noneAtNextStart(key.type(), false));
    }

    private static void noneAtNextStart(ValueType<?> type, boolean named) {
        if (!(type instanceof TableType<?> keyed)) return;
        boolean below = named || type instanceof Tables<?>;
        for (Key<?, ?> key : keyed.table().keys()) {
            assertThat(below && key.restart()).as(key.name()).isFalse();
            noneAtNextStart(key.type(), below);
        }
    }

    @Test
    void aTokenThatStaysForTheAddressItProtectsIsToldAsThat() {
        var before = valid("[admin]\nlisten = \":8081\"\ntoken = \"0123456789\"");

        var difference = ReloadDifference.between(before, Settings.DEFAULT);

        assertThat(difference.applied()).isEmpty();
        assertThat(difference.needRestart()).hasSize(2).anyMatch(line -> line.startsWith("admin.token"));
    }

    @Test
    void aTokenStaysAsLongAsTheOpenAddressThatItProtects() {
        var before = valid("[admin]\nlisten = \":8081\"\ntoken = \"0123456789\"");

        var applicable = ReloadDifference.applicable(before, Settings.DEFAULT);

        assertThat(applicable.admin()).isEqualTo(before.admin());
    }

    @Test
    void otherCertificateFilesNeedNoRestart() {
        var before = valid("[server.tls]\ncertificate = \"pom.xml\"\nkey = \"pom.xml\"");
        var after = valid("[server.tls]\ncertificate = \"pom.xml\"\nkey = \"../pom.xml\"");

        assertThat(ReloadDifference.between(before, after).needRestart()).isEmpty();
        assertThat(ReloadDifference.applicable(before, after).server().tls())
                .isEqualTo(after.server().tls());
    }
}
