package dev.slipway.oci.posix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.posix.IdMap.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdMapTest {

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
