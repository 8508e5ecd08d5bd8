package dev.slipway.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.posix.IdMap.Range;
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
}
