package dev.fairlead.control.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.admin.AdminFixture;
import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.telemetry.DataPlaneHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
    private static final Head HEAD = new Head(100, "0x64", THEN, THEN);
    private static final Verdict DEAD = new Verdict.Unreachable("connection refused", THEN);

    @Test
    void whenNobodyAnswersNoLagComforts() {
        var nothing = new Reference.None("no node answers");

        NodeView view = view(nothing, DEAD);

        assertThat(view.lag()).isNull();
        assertThat(view.head()).isNotNull();
        assertThat(ReferenceView.of(nothing).text()).isEqualTo("nothing: no node answers");
    }

    @Test
    void aNodeThatIsOutHasALagWhileOthersTellIt() {
        NodeView view = view(new Reference.Agreement(HEAD, ""), DEAD);

        assertThat(view.lag()).isEqualTo(new LagView(7, 84));
    }

    private static NodeView view(Reference reference, Verdict verdict) {
        Node node = AdminFixture.mainnet().nodes().getFirst();
        var state = new NodeState(node, verdict, HEAD, THEN, null, -1, -1, new Lag(7, Duration.ofSeconds(84)), 0);
        var chain = new ChainState(AdminFixture.mainnet().chain(), 1, reference, List.of(state), List.of(), null);
        var fleet = new Fleet(1, Map.of("mainnet", chain));
        return new Views(
                        Declared.NOTHING,
                        fleet,
                        new DataPlaneHealth(),
                        _ -> -1,
                        _ -> List.of(),
                        _ -> -1,
                        _ -> -1,
                        _ -> true)
                .node(node, List.of());
    }
}
