package io.ashlar.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.router.node.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From single answers to one picture. */
class PictureTest {

    private static final Node A = new Node("a", "host-a", 5432);
    private static final Node B = new Node("b", "host-b", 5432);

    private final Picture picture = new Picture(null, 250);

    @BeforeEach
    void twoNodes() {
        picture.nodes(List.of(A, B));
    }

    @Test
    void whoWasNotAskedIsUnreachable() {
        assertThat(picture.current().nodes())
                .containsExactly(new NodeState.Unreachable(A, "unasked"), new NodeState.Unreachable(B, "unasked"));
        assertThat(picture.current().leader()).isEqualTo(new Leader.None());
    }

    @Test
    void aReplicaIsAsFreshAsTheNewestPositionItHas() {
        picture.answered(A, primary(1, 100, 1_000));
        picture.answered(A, primary(1, 200, 1_100));
        picture.answered(A, primary(1, 300, 1_300));
        picture.answered(B, replica(1, 299, 1_400));

        NodeState.Replica replica = picture.current().replicas().getFirst();
        // The answer at 1,100 came too soon after the one at 1,000 to be remembered.
        assertThat(replica.freshAtNanos()).isEqualTo(1_000);
        assertThat(replica.lagNanos(1_500)).hasValue(500);
    }

    @Test
    void aPromotionMakesTheOldPrimaryNobody() {
        picture.answered(A, primary(1, 500, 1_000));
        picture.answered(B, replica(1, 400, 1_000));
        picture.answered(B, primary(2, 410, 2_000));

        assertThat(picture.current().leader()).isEqualTo(new Leader.One(new NodeState.Primary(B, 2, 410)));
        assertThat(picture.historyMissing()).isTrue();
        picture.history(2, Map.of(1, 405L));
        assertThat(picture.historyMissing()).isFalse();
        assertThat(picture.current().switchPoints().of(1)).hasValue(405);

        picture.failed(B, "connect");
        assertThat(picture.current().leader()).isEqualTo(new Leader.None());
        assertThat(picture.current().timeline()).isEqualTo(2);
    }

    @Test
    void positionsOfTheOldTimelineMeasureNothing() {
        picture.answered(A, primary(1, 500, 1_000));
        picture.answered(B, primary(2, 410, 2_000));
        picture.answered(A, replica(1, 500, 2_100));

        assertThat(picture.current().replicas()).isEmpty();
        assertThat(picture.current().nodes().getFirst()).isEqualTo(new NodeState.Replica(A, 1, 500, null));
    }

    @Test
    void twoPrimariesOnOneTimelineAreAFork() {
        picture.answered(A, primary(2, 500, 1_000));
        picture.answered(B, primary(2, 600, 1_000));

        assertThat(picture.current().leader()).isInstanceOf(Leader.Forked.class);
    }

    @Test
    void aServerOfAnotherClusterIsOut() {
        picture.answered(A, primary(1, 100, 1_000));
        picture.answered(B, new NodeReport("other", 7, false, 900, 1_000));

        assertThat(picture.current().nodes().get(1)).isEqualTo(new NodeState.Unreachable(B, "other_system"));
        assertThat(picture.current().timeline()).isEqualTo(1);
    }

    @Test
    void aNodeThatWasRemovedHasNoSay() {
        picture.nodes(List.of(A));
        picture.answered(B, primary(9, 100, 1_000));

        assertThat(picture.current().timeline()).isZero();
    }

    @Test
    void whatAReadProvedCounts() {
        picture.answered(A, primary(1, 100, 1_000));
        picture.answered(B, replica(1, 90, 1_000));
        picture.proven(B, 1, 120);

        assertThat(picture.current().replicas().getFirst().replayLsn()).isEqualTo(120);
        assertThat(picture.current().replicas().getFirst().freshAtNanos()).isEqualTo(1_000);
    }

    @Test
    void aHistoryFileIsRead() {
        assertThat(TopologyProbe.history("1\t0/3000060\tno recovery target specified\n2\t16/B374D848\tx\n"))
                .containsExactly(Map.entry(1, 0x3000060L), Map.entry(2, 0x16_B374D848L));
    }

    private static NodeReport primary(int timeline, long lsn, long at) {
        return new NodeReport("ours", timeline, false, lsn, at);
    }

    private static NodeReport replica(int timeline, long lsn, long at) {
        return new NodeReport("ours", timeline, true, lsn, at);
    }
}
