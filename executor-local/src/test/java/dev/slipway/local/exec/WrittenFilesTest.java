package dev.slipway.local.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.llb.Bytes;
import dev.slipway.local.sandbox.FileOwners;
import dev.slipway.oci.layer.Attributes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WrittenFilesTest {

    private static final Path GIVEN = Path.of("given");

    /** One file is another user's. */
    private static final FileOwners OWNERS = new FileOwners() {
        @Override
        public Owner ofNewFiles() {
            return new Owner(33, 34);
        }

        @Override
        public Owner given(Path file, Owner known) {
            return file.equals(GIVEN) ? new Owner(7, known.gid()) : known;
        }
    };

    private final WrittenFiles files = new WrittenFiles(OWNERS);
    private final Attributes program = Attributes.of(0755)
            .withOwner(1, 2)
            .withXattrs(new TreeMap<>(
                    Map.of(Attributes.CAPABILITY, Bytes.of(new byte[] {1}), "user.note", Bytes.of(new byte[] {2}))));

    @Test
    void whatIsNewBelongsToWhoMadeIt() {
        assertThat(files.made(Attributes.of(0644)))
                .isEqualTo(Attributes.of(0644).withOwner(33, 34));
    }

    @Test
    void aProgramThatIsGivenAwayLosesWhatItHadInRights() throws IOException {
        Attributes given = files.given(GIVEN, program);

        assertThat(given.uid()).isEqualTo(7);
        assertThat(given.gid()).isEqualTo(2);
        assertThat(given.xattrs()).containsOnlyKeys("user.note");
    }

    @Test
    void whatIsNotGivenAwayStaysAsItIs() throws IOException {
        assertThat(files.given(Path.of("kept"), program)).isEqualTo(program);
    }
}
