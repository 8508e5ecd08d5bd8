package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.cache.CacheExport;
import dev.slipway.cache.CacheImport;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.BuildEvent.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one machine has made another one need not make. A machine is a store of its own. */
class TravellingCacheTest {

    @TempDir
    private Path folder;

    private Path context;
    private Path cache;
    private final List<String> made = Collections.synchronizedList(new ArrayList<>());
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void writeContext() throws IOException {
        cache = folder.resolve("cache");
        context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("a"), "a");
        Files.writeString(context.resolve("c"), "c");
        Files.writeString(context.resolve("Dockerfile"), """
                FROM scratch AS build
                COPY a /a
                FROM scratch
                ARG TARGETARCH
                COPY --from=build /a /b
                COPY c /$TARGETARCH
                """);
    }

    private BuildRequest request(String... platforms) {
        return BuildRequest.of(context).platforms(platforms);
    }

    private BuildRequest exporting(String... platforms) {
        return request(platforms).cacheTo(CacheExport.local(cache).with("mode", "max"));
    }

    private BuildRequest importing(String... platforms) {
        return request(platforms).cacheFrom(CacheImport.local(cache));
    }

    /** Builds on a machine; its image is read while that is there. */
    private String build(String machine, BuildRequest request) throws Exception {
        made.clear();
        warnings.clear();
        try (Slipway slipway = Slipway.builder().home(folder.resolve(machine)).open()) {
            Path out = folder.resolve(machine + "-out");
            BuildResult result = slipway.build(request.output(Output.ociLayout(out)), this::note);
            return result.digest().toString();
        }
    }

    private void note(BuildEvent event) {
        if (event instanceof BuildEvent.Finished finished
                && finished.outcome() == Outcome.DONE
                && finished.step().name().contains("COPY")) {
            made.add(finished.step().name());
        }
        if (event instanceof BuildEvent.Warned warned) {
            warnings.add(warned.message());
        }
    }

    private List<Path> layers() throws IOException {
        try (Stream<Path> blobs = Files.list(cache.resolve("blobs/sha256"))) {
            return blobs.filter(TravellingCacheTest::isCompressed).sorted().toList();
        }
    }

    private static boolean isCompressed(Path blob) {
        try {
            return Files.readAllBytes(blob)[0] == 0x1f;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void nothingIsMadeThatAnotherMachineHasMade() throws Exception {
        String digest = build("first", exporting("linux/amd64"));
        assertThat(made).hasSize(3);

        assertThat(build("second", importing("linux/amd64"))).isEqualTo(digest);
        assertThat(made).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatChangedIsMadeAndNothingElse() throws Exception {
        build("first", exporting("linux/amd64"));
        Files.writeString(context.resolve("c"), "other");

        build("second", importing("linux/amd64"));

        assertThat(made).hasSize(1).allMatch(step -> step.contains("COPY c"));
    }

    @Test
    void severalPlatformsShareACache() throws Exception {
        build("first", exporting("linux/amd64"));
        build("second", exporting("linux/arm64"));

        build("third", importing("linux/amd64", "linux/arm64"));

        assertThat(made).isEmpty();
    }

    @Test
    void aCacheThatWasImportedIsExportedWhole() throws Exception {
        build("first", exporting("linux/amd64"));
        List<Path> layers = layers();
        BuildRequest both = importing("linux/amd64")
                .cacheTo(CacheExport.local(folder.resolve("next")).with("mode", "max"));
        build("second", both);

        cache = folder.resolve("next");
        assertThat(layers())
                .extracting(Path::getFileName)
                .isEqualTo(layers.stream().map(Path::getFileName).toList());
        build("third", importing("linux/amd64"));
        assertThat(made).isEmpty();
    }

    @Test
    void aCacheThatCannotBeReadIsAWarning() throws Exception {
        build("first", exporting("linux/amd64"));
        Files.writeString(cache.resolve("index.json"), "{");

        build("second", importing("linux/amd64"));

        assertThat(made).hasSize(3);
        assertThat(warnings).singleElement().asString().contains("is not used, for it cannot be read");
    }

    @Test
    void aCacheThatIsNotThereYetIsAWarning() throws Exception {
        build("first", importing("linux/amd64"));

        assertThat(warnings).singleElement().asString().contains("there is no cache");
    }

    @Test
    void imagesCanHoldTheirCache() throws Exception {
        build("first", request("linux/amd64").cacheTo(CacheExport.inline()));

        build("second", request("linux/amd64").cacheFrom(CacheImport.local(folder.resolve("first-out"))));

        assertThat(made).allMatch(step -> step.contains("COPY a")).hasSizeLessThan(2);
    }

    @Test
    void whetherACacheThatCannotBeWrittenFailsTheBuildIsForTheUserToSay() throws Exception {
        Files.writeString(cache, "a file");

        assertThatThrownBy(() -> build("first", exporting("linux/amd64")))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("ignore-error=true");

        build("first", request("linux/amd64").cacheTo(CacheExport.local(cache).with("ignore-error", "true")));
        assertThat(warnings).singleElement().asString().contains("cannot write the cache");
    }
}
