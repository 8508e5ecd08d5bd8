package dev.slipway.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.launch.IdMap.Range;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubordinateIdsTest {

    @Test
    void aUsersLinesAreThoseOfHisNameAndOfHisNumber() {
        List<String> lines = List.of("me:100000:65536", "other:5:5", "1000:300000:10", "", "me:x:1", "me:7", "#me:1:1");
        assertThat(SubordinateIds.parse(lines, "me", 1000))
                .containsExactly(new Range(100000, 65536), new Range(300000, 10));
        assertThat(SubordinateIds.parse(lines, "?", 1)).isEmpty();
    }

    @Test
    void rootIsTheUserHimselfAndTheOthersFollowWithoutGaps() {
        SubordinateIds ids = new SubordinateIds(
                List.of(new Range(100000, 65536), new Range(300000, 10)),
                List.of(new Range(200000, 5)),
                Path.of("/newuidmap"),
                Path.of("/newgidmap"));
        assertThat(ids.commands(42, new OwnIds(1000, 1001)))
                .containsExactly(
                        List.of("/newuidmap", "42", "0", "1000", "1", "1", "100000", "65536", "65537", "300000", "10"),
                        List.of("/newgidmap", "42", "0", "1001", "1", "1", "200000", "5"));
    }

    @Test
    void aMapSaysWhoIsThere() {
        List<Range> ranges = IdMap.parse("         0       1000          1\n         1     100000      65536\n");
        IdMap map = new IdMap(false, ranges, List.of(new Range(0, 1)), true);
        assertThat(map.hasUser(65536)).isTrue();
        assertThat(map.hasUser(65537)).isFalse();
        assertThat(map.hasGroup(1)).isFalse();
        assertThat(map.sameUsers()).isEqualTo("0 0 1\n1 1 65536");
        IdMap all = new IdMap(true, List.of(new Range(0, 0xffffffffL)), List.of(), true);
        assertThat(all.hasUser((int) 4_000_000_000L)).isTrue();
    }
}
