package dev.slipway.oci.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import dev.slipway.oci.ConfigDocument;
import dev.slipway.oci.Index;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.config.HistoryEntry;
import dev.slipway.oci.config.ImageConfig;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageAssemblerTest {

    private static final Platform AMD64 = Platform.of("linux", "amd64", "");

    private final TestImages images = new TestImages();

    /** Layers made at times such as {@code 03}, the third second of the year, or {@code -} for none. */
    private List<ImageLayer> layers(String times) {
        List<ImageLayer> layers = new ArrayList<>();
        for (String time : times.isBlank() ? new String[0] : times.strip().split(" ")) {
            ImageLayer layer = images.layer("f" + layers.size(), "x", Compression.GZIP);
            layers.add(new ImageLayer(layer.descriptor(), layer.diffId(), time(time), "step " + layers.size()));
        }
        return layers;
    }

    private static Optional<OffsetDateTime> time(String seconds) {
        return seconds.equals("-")
                ? Optional.empty()
                : Optional.of(OffsetDateTime.parse("2024-01-01T00:00:" + seconds + "Z"));
    }

    /** A config with a history such as {@code 01L -E}: made in the first second with a layer, then at no time without one. */
    private static ConfigDocument config(String history) throws InvalidImageException {
        StringBuilder entries = new StringBuilder();
        for (String entry : history.isBlank() ? new String[0] : history.strip().split(" ")) {
            String created = time(entry.substring(0, entry.length() - 1))
                    .map(time -> "\"created\":\"2024-01-01T00:00:%02dZ\",".formatted(time.getSecond()))
                    .orElse("");
            entries.append(entries.isEmpty() ? "" : ",")
                    .append("{")
                    .append(created)
                    .append("\"empty_layer\":")
                    .append(entry.endsWith("E"))
                    .append("}");
        }
        return ConfigDocument.parse(
                Bytes.utf8("{\"os\":\"linux\",\"architecture\":\"amd64\",\"history\":[" + entries + "]}"));
    }

    private static String history(ImageConfig config) {
        StringBuilder text = new StringBuilder();
        for (HistoryEntry entry : config.history()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(entry.created()
                            .map(time -> "%02d".formatted(time.getSecond()))
                            .orElse("-"))
                    .append(entry.emptyLayer() ? "E" : "L");
        }
        return text.toString();
    }

    @Test
    void anIndexSaysWhichWindowsAnImageIsFor() throws InvalidImageException {
        ConfigDocument config = ConfigDocument.parse(Bytes.utf8("{\"os\":\"windows\",\"architecture\":\"amd64\","
                + "\"os.version\":\"10.0.20348.1\",\"os.features\":[\"win32k\"]}"));
        Platform asked = Platform.of("windows", "amd64", "");
        assertThat(ImageAssembler.image(ImageParts.of(asked, config, List.of()))
                        .descriptor()
                        .platform())
                .contains(new Platform("windows", "amd64", "", "10.0.20348.1", List.of("win32k")));

        Platform exact = new Platform("windows", "amd64", "", "10.0.20348", List.of());
        assertThat(ImageAssembler.image(ImageParts.of(exact, config, List.of()))
                        .descriptor()
                        .platform())
                .contains(new Platform("windows", "amd64", "", "10.0.20348", List.of("win32k")));
    }

    @Test
    void theVersionOfAnotherSystemIsNobodysBusiness() throws InvalidImageException {
        ConfigDocument config = ConfigDocument.parse(
                Bytes.utf8("{\"os\":\"linux\",\"architecture\":\"amd64\",\"os.version\":\"6.1\"}"));
        assertThat(ImageAssembler.image(ImageParts.of(AMD64, config, List.of()))
                        .descriptor()
                        .platform())
                .contains(AMD64);
    }

    @ParameterizedTest
    @CsvSource({
        "'01L 02L', '- -', '01L 02L'",
        "'-L -L', '05 07', '05L 07L'",
        // Layers that no entry tells of get one.
        "'01L', '- 09', '01L 09L'",
        "'', '03 04', '03L 04L'",
        // Entries without a layer become empty ones.
        "'01L 02L 03L', '- -', '01L 02L 03E'",
        "'01E 02L', '', '01E 02E'",
        // Entries without a time get that of the first new layer, or the one before.
        "'01L -E -L -E', '01 05', '01L 05E 05L 05E'",
        "'01L -E', '01', '01L 01E'",
        "'01L -E -L -E -L', '01 05 08', '01L 05E 05L 05E 08L'",
        "'-E -E', '', '-E -E'"
    })
    void theHistoryIsMadeToFitTheLayers(String before, String layers, String after) throws InvalidImageException {
        AssembledImage image = ImageAssembler.image(ImageParts.of(AMD64, config(before), layers(layers)));

        assertThat(history(image.config())).isEqualTo(after);
    }

    @Test
    void anEntryThatIsAddedNamesTheStep() throws InvalidImageException {
        AssembledImage image = ImageAssembler.image(ImageParts.of(AMD64, config(""), layers("03")));

        assertThat(image.config().history())
                .containsExactly(new HistoryEntry(time("03"), "step 0", "", "buildkit.exporter.image.v0", false));
    }

    @ParameterizedTest
    @CsvSource({
        // Base entries keep their times, however late; those of the build are clamped.
        "'09L', '09L 04L 08E', '09L 04L 05E'",
        "'09L', '08L 09L', '05L 05L'",
        "'', '09L -E', '05L 05E'",
        "'', '01L 02L', '01L 02L'"
    })
    void noTimeOfTheBuildIsLaterThanTheEpoch(String base, String before, String after) throws InvalidImageException {
        String times = before.replaceAll("\\S+E", "").replaceAll("\\S+L", "-").strip();
        ImageParts parts = new ImageParts(
                AMD64,
                config(before),
                layers(times),
                Optional.of(config(base).config()),
                Optional.of(Instant.parse("2024-01-01T00:00:05Z")),
                ImageFormat.OCI,
                new TreeMap<>());

        assertThat(history(ImageAssembler.image(parts).config())).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({"09, 05, 05", "03, 05, 03", "09, '', 09", "'', 05, 04", "'', '', 04"})
    void theImageIsAsOldAsItsConfigSaysOrItsLastStep(String created, String epoch, String expected)
            throws InvalidImageException {
        ConfigDocument plain = config("04L");
        ConfigDocument config = created.isEmpty()
                ? plain
                : plain.with(
                        time(created), plain.config().diffIds(), plain.config().history());
        ImageParts parts = new ImageParts(
                AMD64,
                config,
                layers("04"),
                Optional.empty(),
                epoch.isEmpty() ? Optional.empty() : time(epoch).map(OffsetDateTime::toInstant),
                ImageFormat.OCI,
                new TreeMap<>());

        assertThat(ImageAssembler.image(parts).config().created()).isEqualTo(time(expected));
    }

    @Test
    void everyImageThatIsMadeIsValid() {
        Descriptor root = images.index("linux/amd64", "linux/arm64", "linux/arm/v7");

        assertThat(ImageValidator.problems(root, images)).isEmpty();
    }

    @Test
    void dockersMediaTypesAreTakenThroughout() throws InvalidImageException {
        List<ImageLayer> layers =
                List.of(images.layer("a", "a", Compression.GZIP), images.layer("b", "b", Compression.NONE));
        ImageLayer noted = new ImageLayer(
                layers.get(0).descriptor().withAnnotations(Map.of("a", "b")),
                layers.get(0).diffId(),
                Optional.empty(),
                "");
        AssembledImage image = images.add(ImageAssembler.image(new ImageParts(
                AMD64,
                config(""),
                List.of(noted, layers.get(1)),
                Optional.empty(),
                Optional.empty(),
                ImageFormat.DOCKER,
                new TreeMap<>())));
        Index index = ImageAssembler.index(List.of(image.descriptor()), ImageFormat.DOCKER, new TreeMap<>());

        Manifest manifest = image.manifest();
        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
        assertThat(manifest.config().mediaType()).isEqualTo(MediaTypes.DOCKER_CONFIG);
        assertThat(manifest.layers())
                .extracting(Descriptor::mediaType)
                .containsExactly(MediaTypes.DOCKER_LAYER_GZIP, MediaTypes.DOCKER_LAYER);
        assertThat(manifest.layers()).allMatch(layer -> layer.annotations().isEmpty());
        assertThat(ImageValidator.problems(images.add(index), images)).isEmpty();
    }

    @Test
    void whatTheEngineNotedOnLayersStaysInside() throws InvalidImageException {
        ImageLayer layer = images.layer("a", "a", Compression.GZIP);
        Map<String, String> notes = Map.of(
                "containerd.io/uncompressed", "x",
                "buildkit/createdat", "x",
                "containerd.io/distribution.source.docker.io", "library/alpine",
                "containerd.io/snapshot/stargz/toc.digest", "kept");
        ImageLayer noted =
                new ImageLayer(layer.descriptor().withAnnotations(notes), layer.diffId(), Optional.empty(), "");

        AssembledImage image = ImageAssembler.image(ImageParts.of(AMD64, config(""), List.of(noted)));

        assertThat(image.manifest().layers().get(0).annotations())
                .containsOnlyKeys("containerd.io/snapshot/stargz/toc.digest");
    }

    @Test
    void aConfigWithoutAPlatformIsRefused() throws InvalidImageException {
        ConfigDocument none = ConfigDocument.parse(Bytes.utf8("{\"architecture\":\"amd64\"}"));

        assertThatThrownBy(() -> ImageAssembler.image(ImageParts.of(AMD64, none, List.of())))
                .hasMessage("invalid image config for export: missing os");
    }
}
