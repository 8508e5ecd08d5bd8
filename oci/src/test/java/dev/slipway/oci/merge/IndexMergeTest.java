package dev.slipway.oci.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Attestations;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.PlatformNotFoundException;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.image.TestImages;
import dev.slipway.oci.merge.IndexAnnotation.Level;
import dev.slipway.oci.place.SentImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IndexMergeTest {

    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    private final TestImages images = new TestImages();

    private SentImage sent(Descriptor root) {
        return new SentImage(Descriptor.of(root.mediaType(), root.digest(), root.size()), images, Map.of());
    }

    private MergeSource source(Descriptor root) {
        return MergeSource.of(sent(root));
    }

    private Descriptor image(String platform) {
        return images.image(platform).descriptor();
    }

    private static Index index(SentImage image) throws IOException {
        assertThat(ImageValidator.problems(image.root(), image.blobs())).isEmpty();
        return Index.parse(image.blobs().read(image.root()).toArray());
    }

    private static SentImage merge(List<MergeSource> sources) throws IOException {
        return IndexMerge.merge(sources, List.of(), true, List.of());
    }

    @Test
    void imagesOfTwoHostsAreJoined() throws Exception {
        Index index = index(merge(List.of(source(image("linux/amd64")), source(images.index("linux/arm64")))));
        assertThat(index.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(index.manifests()).containsExactly(image("linux/amd64"), image("linux/arm64"));
    }

    @Test
    void whatIsListedTwiceIsListedOnce() throws Exception {
        Index index = index(merge(
                List.of(source(images.index("linux/amd64", "linux/arm64")), source(images.index("linux/arm64")))));
        assertThat(index.manifests()).hasSize(2);
    }

    @Test
    void twoImagesForOnePlatformAreBothListedAndToldOf() throws Exception {
        Descriptor other = images.imageOf("linux/amd64", List.of()).descriptor();
        SentImage merged = merge(List.of(source(images.index("linux/amd64", "linux/arm64")), source(other)));
        assertThat(index(merged).manifests()).hasSize(3);
        assertThat(IndexMerge.listedTwice(merged)).containsExactly(AMD64);
    }

    @Test
    void aSingleIndexStaysAsItIs() throws Exception {
        Descriptor root = images.index("linux/amd64", "linux/arm64");
        assertThat(merge(List.of(source(root))).root()).isEqualTo(root);
    }

    @Test
    void aSingleImageBecomesAnIndexUnlessThatIsNotWanted() throws Exception {
        Descriptor root = image("linux/amd64");
        assertThat(index(merge(List.of(source(root)))).manifests()).containsExactly(root);
        assertThat(IndexMerge.merge(List.of(source(root)), List.of(), false, List.of())
                        .root()
                        .digest())
                .isEqualTo(root.digest());
    }

    @Test
    void annotationsAreOnTheIndexOrOnItsEntries() throws Exception {
        Index index = index(IndexMerge.merge(
                List.of(source(images.index("linux/amd64", "linux/arm64"))),
                List.of(
                        new IndexAnnotation(Level.INDEX, Optional.empty(), "a", "1"),
                        new IndexAnnotation(Level.MANIFEST_DESCRIPTOR, Optional.of(ARM64), "b", "2")),
                true,
                List.of()));
        assertThat(index.annotations()).containsExactly(Map.entry("a", "1"));
        assertThat(index.manifests())
                .extracting(Descriptor::annotations)
                .satisfiesExactly(
                        amd -> assertThat(amd).isEmpty(), arm -> assertThat(arm).containsExactly(Map.entry("b", "2")));
    }

    @Test
    void aSourceIsListedAsItsDescriptorSays() throws Exception {
        Descriptor root = image("linux/arm");
        String json = "{\"digest\":\"" + root.digest() + "\",\"annotations\":{\"a\":\"b\"},"
                + "\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v6\"}}";
        ListedAs listed = ListedAs.parse(json.getBytes(StandardCharsets.UTF_8));
        SentImage merged = merge(List.of(MergeSource.of(sent(root), listed)));
        Descriptor entry = Index.parse(merged.blobs().read(merged.root()).toArray())
                .manifests()
                .get(0);
        assertThat(entry.platform()).contains(Platform.parse("linux/arm/v6"));
        assertThat(entry.annotations()).containsExactly(Map.entry("a", "b"));
        assertThat(entry.size()).isEqualTo(root.size());
    }

    @Test
    void aManifestIsNotTakenForADescriptor() {
        assertThatThrownBy(() -> ListedAs.parse("{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("this is a manifest or an index; a descriptor is wanted");
    }

    @Test
    void onePlatformKeepsItsManifestAndWhatIsAttestedOfIt() throws Exception {
        Descriptor amd = image("linux/amd64");
        Descriptor arm = image("linux/arm64");
        Descriptor attested = attestation(arm);
        Descriptor root = images.add(Index.of(List.of(amd, arm, attestation(amd), attested)));
        SentImage reduced = PlatformFilter.apply(sent(root), List.of(ARM64));
        assertThat(index(reduced).manifests()).containsExactly(arm, attested);
        assertThat(PlatformFilter.apply(sent(root), List.of(AMD64, ARM64)).root())
                .isEqualTo(root);
    }

    @Test
    void whatIsAttestedIsJoinedToo() throws Exception {
        Descriptor amd = image("linux/amd64");
        Descriptor attested = attestation(amd);
        Descriptor root = images.add(Index.of(List.of(amd, attested)));
        assertThat(index(merge(List.of(source(root), source(image("linux/arm64")))))
                        .manifests())
                .containsExactly(amd, attested, image("linux/arm64"));
    }

    @Test
    void aPlatformThatIsNotThereIsRefused() {
        Descriptor root = images.index("linux/amd64");
        assertThatThrownBy(() -> PlatformFilter.apply(sent(root), List.of(AMD64, ARM64)))
                .isInstanceOf(PlatformNotFoundException.class)
                .hasMessage("no image for platform linux/arm64; there are images for linux/amd64");
    }

    private Descriptor attestation(Descriptor of) {
        Descriptor statement = images.add("application/vnd.in-toto+json", "{\"of\":\"" + of.digest() + "\"}");
        Descriptor config = images.add(
                MediaTypes.OCI_CONFIG,
                "{\"architecture\":\"unknown\",\"os\":\"unknown\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                        + "\"diff_ids\":[\"" + statement.digest() + "\"]}}");
        Descriptor manifest = images.add(Manifest.of(MediaTypes.OCI_MANIFEST, config, List.of(statement)));
        return manifest.withPlatform(Platform.of("unknown", "unknown", ""))
                .withAnnotations(Map.of(
                        Attestations.REFERENCE_TYPE,
                        Attestations.MANIFEST,
                        Attestations.REFERENCE_DIGEST,
                        of.digest().toString()));
    }
}
