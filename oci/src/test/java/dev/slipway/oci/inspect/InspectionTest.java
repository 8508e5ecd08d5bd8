package dev.slipway.oci.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Attestations;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.PlatformNotFoundException;
import dev.slipway.oci.image.TestImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InspectionTest {

    private final TestImages images = new TestImages();
    private final Descriptor amd = images.image("linux/amd64").descriptor();

    private Inspection attested(String predicateType, String statement) throws Exception {
        Descriptor blob = images.add("application/vnd.in-toto+json", statement)
                .withAnnotations(Map.of("in-toto.io/predicate-type", predicateType));
        Descriptor config =
                images.add(MediaTypes.OCI_CONFIG, "{\"architecture\":\"unknown\",\"os\":\"unknown\",\"rootfs\":{}}");
        Descriptor manifest = images.add(Manifest.of(MediaTypes.OCI_MANIFEST, config, List.of(blob)))
                .withPlatform(Platform.of("unknown", "unknown", ""))
                .withAnnotations(Map.of(
                        Attestations.REFERENCE_TYPE,
                        Attestations.MANIFEST,
                        Attestations.REFERENCE_DIGEST,
                        amd.digest().toString()));
        return Inspection.of(images.add(Index.of(new ArrayList<>(List.of(amd, manifest)))), images);
    }

    private static List<String> summary(Inspection inspection) {
        assertThat(inspection.images()).hasSize(1);
        return inspection.images().get(0).attestations().get(0).summary();
    }

    @Test
    void anImageAloneIsOneOfItsPlatform() throws Exception {
        Inspection inspection = Inspection.of(Descriptor.of(amd.mediaType(), amd.digest(), amd.size()), images);
        assertThat(inspection.index()).isEmpty();
        assertThat(inspection.images())
                .extracting(InspectedImage::platform)
                .containsExactly(Platform.parse("linux/amd64"));
    }

    @Test
    void theNearestPlatformIsFound() throws Exception {
        Inspection inspection = Inspection.of(images.index("linux/arm/v6", "linux/arm/v7", "linux/amd64"), images);
        assertThat(inspection.image(Platform.parse("linux/arm64")).platform())
                .isEqualTo(Platform.parse("linux/arm/v7"));
        assertThatThrownBy(() -> inspection.image(Platform.parse("linux/s390x")))
                .isInstanceOf(PlatformNotFoundException.class);
    }

    @Test
    void provenanceOfVersionOneIsSummedUp() throws Exception {
        assertThat(summary(attested("https://slsa.dev/provenance/v1", """
                        {"predicate": {
                          "buildDefinition": {"buildType": "some/type",
                            "resolvedDependencies": [{"uri": "pkg:docker/alpine", "digest": {"sha256": "abc"}}]},
                          "runDetails": {"builder": {"id": "me"}, "metadata": {"startedOn": "2020"}}}}""")))
                .containsExactly(
                        "builder: me",
                        "build type: some/type",
                        "started: 2020",
                        "source: pkg:docker/alpine (sha256:abc)");
    }

    @Test
    void provenanceOfVersionTwoTenthsIsSummedUp() throws Exception {
        assertThat(summary(attested("https://slsa.dev/provenance/v0.2", """
                        {"predicate": {"buildType": "some/type", "builder": {"id": "me"},
                          "materials": [{"uri": "a"}, {"uri": "b"}], "metadata": {"buildFinishedOn": "2021"}}}""")))
                .containsExactly("builder: me", "build type: some/type", "finished: 2021", "source: a", "source: b");
    }

    @Test
    void aBillOfMaterialsIsSummedUp() throws Exception {
        assertThat(summary(attested(
                        "https://spdx.dev/Document",
                        "{\"predicate\": {\"spdxVersion\": \"SPDX-2.3\", \"packages\": [{}, {}]}}")))
                .containsExactly("format: SPDX-2.3", "packages: 2", "files: 0");
    }

    @Test
    void whatIsDamagedOrUnknownIsNoFailure() throws Exception {
        assertThat(summary(attested("https://spdx.dev/Document", "[]")))
                .containsExactly("damaged: the document is not a JSON object");
        assertThat(summary(attested("https://example.com/other", "{}"))).isEmpty();
    }
}
