package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.SecretSource;
import dev.slipway.Slipway;
import dev.slipway.llb.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a request offers reaches the steps and platforms that it is for, and no others. */
@Tag("end-to-end")
@Timeout(600)
class OfferedValuesTest {

    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images",
                    Path.of(System.getProperty("slipway.root", ".."), "target/images")
                            .toString()))
            .resolve("alpine");

    @TempDir
    private Path folder;

    private Slipway slipway;

    @BeforeEach
    void open() {
        slipway = Slipway.open(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    private static BuildRequest request(String dockerfile) {
        return BuildRequest.ofFiles(Map.of()).dockerfileText(dockerfile);
    }

    @Test
    void aBuildArgumentOfAPlatformReachesThatPlatformOnly() throws Exception {
        BuildRequest request = request("FROM scratch\nARG JOBS=1\nARG MODE\nLABEL jobs=$JOBS mode=$MODE\n")
                .platforms("linux/amd64", "linux/arm64", "linux/s390x")
                .buildArg("linux/arm64", "JOBS", "2")
                .buildArg("linux/amd64", "MODE", "own")
                .buildArg("MODE", "all");
        assertThat(labels(request, "linux/amd64")).isEqualTo("{jobs=1, mode=own}");
        assertThat(labels(request, "linux/arm64")).isEqualTo("{jobs=2, mode=all}");
        assertThat(labels(request, "linux/s390x")).isEqualTo("{jobs=1, mode=all}");
    }

    private String labels(BuildRequest request, String platform) throws InterruptedException {
        String config = new String(
                slipway.convert(request)
                        .get(Platform.parse(platform))
                        .image()
                        .toJson()
                        .toArray(),
                UTF_8);
        return config.replaceAll("(?s).*\"Labels\":\\{\"jobs\":\"(.*?)\",\"mode\":\"(.*?)\"}.*", "{jobs=$1, mode=$2}");
    }

    @Test
    void aBuildArgumentOfAPlatformThatIsNotBuiltForIsRefused() {
        BuildRequest request =
                request("FROM scratch\nARG A\n").platforms("linux/amd64").buildArg("linux/arm64", "A", "x");
        assertThatThrownBy(() -> slipway.convert(request))
                .isInstanceOf(BuildException.class)
                .hasMessage("the build argument A is for linux/arm64, and the build is for linux/amd64; build for that"
                        + " platform as well, or leave the argument out");
    }

    @Test
    void aSecretIsAskedForOnlyWhereAStepThatMountsItRuns() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger unused = new AtomicInteger();
        BuildRequest request = request("FROM alpine\nRUN --mount=type=secret,id=token test -s /run/secrets/token\n")
                .platforms("linux/amd64")
                .buildContext("alpine", ALPINE)
                .secret("token", () -> ("s3cret" + asked.incrementAndGet()).getBytes(UTF_8))
                .secret("other", () -> ("s3cret" + unused.incrementAndGet()).getBytes(UTF_8));
        slipway.build(request);
        assertThat(asked).hasValue(1);
        slipway.build(request);
        assertThat(asked).as("nothing runs").hasValue(1);
        assertThat(unused).hasValue(0);
        IOException sealed = new IOException("the vault is sealed");
        SecretSource failing = () -> {
            throw sealed;
        };
        assertThatThrownBy(() -> slipway.build(request.noCache().secret("token", failing)))
                .isInstanceOf(BuildException.class)
                .hasMessageEndingWith("cannot read the secret token: the vault is sealed")
                .hasCause(sealed);
    }
}
