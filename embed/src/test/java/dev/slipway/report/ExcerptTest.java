package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.SourceLocation;
import dev.slipway.llb.SourceLocation.Range;
import dev.slipway.llb.SourceLocation.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    private static final SourceFile FILE = new SourceFile(
            "Dockerfile",
            "Dockerfile",
            Bytes.utf8("FROM alpine\n\n# makes it\nRUN make \\\n  all\nUSER me\nCMD true\n"));

    @Test
    void aLineIsShownWithTwoLinesAroundItAndCaretsBelow() {
        assertThat(report(new Range(6, 0, 6, 0))).isEqualTo("""
                        Dockerfile:6: no such user
                           4 |     RUN make \\
                           5 |       all
                           6 | >>> USER me
                             |     ^^^^^^^
                           7 |     CMD true""");
    }

    @Test
    void everyLineOfAnInstructionIsMarked() {
        assertThat(report(new Range(4, 0, 4, 0), new Range(5, 0, 5, 0))).isEqualTo("""
                        Dockerfile:4: no such user
                           2 |    \s
                           3 |     # makes it
                           4 | >>> RUN make \\
                             |     ^^^^^^^^^^
                           5 | >>>   all
                             |       ^^^
                           6 |     USER me
                           7 |     CMD true""");
    }

    @Test
    void columnsPointToThePlace() {
        assertThat(report(new Range(1, 5, 1, 11))).contains("   1 | >>> FROM alpine\n     |          ^^^^^^\n");
    }

    @Test
    void aMessageWithoutAPlaceStandsAlone() {
        assertThat(Excerpt.report("no such folder", List.of())).isEqualTo("no such folder");
    }

    private static String report(Range... ranges) {
        return Excerpt.report("no such user", List.of(new SourceLocation(FILE, List.of(ranges))));
    }
}
