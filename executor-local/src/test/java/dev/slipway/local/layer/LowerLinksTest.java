package dev.slipway.local.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.layer.Attributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What layers show whose hard links lead to files of lower layers. */
class LowerLinksTest {

    private static final Attributes OWN = Attributes.of(0640).withOwner(7, 8);
    private static final Attributes FOLDER = Attributes.DEFAULT_FOLDER;

    private final RegularFile file = file("file");
    private final SymbolicLink symbolic = new SymbolicLink(OWN, "nowhere");
    private final Directory lower = root(Map.of(
            "data", root(Map.of("f", file, "g", file("other"), "s", symbolic)),
            "name", file,
            "way", new SymbolicLink(FOLDER, "data"),
            "absolute", new SymbolicLink(FOLDER, "/data"),
            "outside", new SymbolicLink(FOLDER, "/../../data/./../../data"),
            "loop", new SymbolicLink(FOLDER, "loop")));

    private static RegularFile file(String content) {
        return new RegularFile(OWN, Content.own(Digest.sha256(content), content.length(), 0));
    }

    private static Directory root(Map<String, Node> children) {
        return Directory.of(FOLDER, new TreeMap<>(children));
    }

    private static Directory layer(Map<String, Node> children) {
        return Directory.ofLayer(Optional.empty(), new TreeMap<>(children));
    }

    private static LowerLink link(String target) {
        return new LowerLink(OWN, target);
    }

    private static Node at(Directory root, String path) {
        return PathResolver.resolveParent(root, path).node().orElse(null);
    }

    @Test
    void aLinkIsOneMoreNameOfTheFile() {
        Directory root = Layers.apply(lower, layer(Map.of("new", layer(Map.of("x", link("data/f"))))));

        assertThat(at(root, "new/x")).isSameAs(file).isSameAs(at(root, "data/f"));
        assertThat(at(root, "data/g")).isSameAs(at(lower, "data/g"));
        assertThat(root.isPlain()).isTrue();
    }

    @Test
    void aLinkToALinkOfALayerInBetweenIsANameOfTheSameFile() {
        Directory between = Layers.apply(lower, layer(Map.of("x", link("data/f"))));

        assertThat(at(Layers.apply(between, layer(Map.of("y", link("x")))), "y"))
                .isSameAs(file);
    }

    @Test
    void theUnpackedLayerHoldsTheFileUnderAllItsNames() {
        Directory unpacked = Layers.unpacked(layer(Map.of("x", link("data/f"))), lower);

        assertThat(unpacked.names()).containsExactly("data", "name", "x");
        assertThat(at(unpacked, "data/f"))
                .isSameAs(file)
                .isSameAs(at(unpacked, "name"))
                .isSameAs(at(unpacked, "x"));
        assertThat(((Directory) at(unpacked, "data")).names()).containsExactly("f");
        assertThat(((Directory) at(unpacked, "data")).isImplicit()).isTrue();
    }

    @Test
    void aLayerWithoutSuchLinksIsUnpackedAsItIs() {
        Directory layer = layer(Map.of("x", file("x"), "gone", Whiteout.INSTANCE));

        assertThat(Layers.unpacked(layer, lower)).isSameAs(layer);
    }

    @Test
    void whatTheLayerHasInPlaceOfTheFileStays() {
        RegularFile later = file("later");
        Directory unpacked = Layers.unpacked(
                layer(Map.of("x", link("data/f"), "name", Whiteout.INSTANCE, "data", layer(Map.of("f", later)))),
                lower);
        Directory root = Layers.apply(lower, unpacked);

        assertThat(at(root, "x")).isSameAs(file);
        assertThat(at(root, "data/f")).isSameAs(later);
        assertThat(at(root, "name")).isNull();
        assertThat(at(root, "data/g")).isNotNull();
    }

    @Test
    void aFolderThatIsHiddenAfterTheLinkStaysHidden() {
        Directory hiding = Directory.of(Optional.empty(), true, new TreeMap<>());
        Directory root = Layers.apply(lower, layer(Map.of("x", link("data/f"), "data", hiding)));

        assertThat(at(root, "x")).isSameAs(file).isSameAs(at(root, "name"));
        assertThat(((Directory) at(root, "data")).size()).isZero();
    }

    @Test
    void whatTheLayerSaysOfTheFileHoldsUnderAllNames() {
        Attributes said = Attributes.of(0600).withOwner(55, 66).withModified(Instant.ofEpochSecond(5));
        Directory root = Layers.apply(lower, layer(Map.of("x", new LowerLink(said, "data/f"))));

        assertThat(at(root, "x")).isSameAs(at(root, "data/f")).isSameAs(at(root, "name"));
        assertThat(at(root, "x").attributes()).isEqualTo(said);
        assertThat(((RegularFile) at(root, "x")).content()).isEqualTo(file.content());
    }

    @Test
    void aLinkThatDoesNotNameTheCapabilityTakesItAway() {
        Map<String, Bytes> xattrs = Map.of(Attributes.CAPABILITY, Bytes.utf8("c"), "user.kept", Bytes.utf8("k"));
        RegularFile program = new RegularFile(OWN.withXattrs(new TreeMap<>(xattrs)), file.content());
        Directory below = root(Map.of("program", program));

        assertThat(at(Layers.apply(below, layer(Map.of("x", link("program")))), "program")
                        .attributes()
                        .xattrs())
                .containsOnlyKeys("user.kept");
        LowerLink keeping = new LowerLink(program.attributes(), "program");
        assertThat(at(Layers.apply(below, layer(Map.of("x", keeping))), "program"))
                .isSameAs(program);
    }

    @Test
    void symbolicLinksAndPipesHaveSeveralNamesToo() {
        SpecialFile pipe = new SpecialFile(OWN, SpecialFile.Kind.FIFO, 0, 0);
        Directory below = Layers.apply(lower, layer(Map.of("pipe", pipe)));
        Directory root = Layers.apply(below, layer(Map.of("x", link("data/s"), "y", link("pipe"))));

        assertThat(at(root, "x")).isEqualTo(symbolic);
        assertThat(at(root, "y")).isEqualTo(pipe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"way/f", "absolute/f", "outside/f"})
    void symbolicLinksOnTheWayAreFollowedInsideTheRoot(String target) {
        assertThat(at(Layers.apply(lower, layer(Map.of("x", link(target)))), "x"))
                .isSameAs(file);
    }

    @Test
    void aSymbolicLinkBelowMayLeadToAFileOfTheLayer() {
        RegularFile own = file("own");
        Directory root = Layers.apply(
                lower, layer(Map.of("x", link("way/f"), "data", layer(Map.of("f", own, "h", link("way/f"))))));

        assertThat(at(root, "x")).isSameAs(own).isSameAs(at(root, "data/f")).isSameAs(at(root, "data/h"));
        assertThat(at(root, "name")).isSameAs(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "data/none", "none/f", "name/f", "loop/f"})
    void aLinkToNoFileIsRefused(String target) {
        assertThatThrownBy(() -> Layers.apply(lower, layer(Map.of("d", layer(Map.of("x", link(target)))))))
                .isInstanceOf(ExecutorException.class)
                .hasMessage(
                        "the hard link d/x leads to " + target
                                + ", which is not a file of its layer or of those below it; the image is faulty, use another one");
    }

    @Test
    void aLayerThatHidesAllAfterTheLinkHasTheFile() {
        Directory layer = Directory.of(Optional.empty(), true, new TreeMap<>(Map.of("x", link("data/f"))));

        assertThat(Layers.apply(lower, layer).names()).containsExactly("x");
        assertThat(at(Layers.apply(lower, layer), "x")).isSameAs(file);
    }
}
