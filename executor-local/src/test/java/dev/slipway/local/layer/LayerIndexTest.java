package dev.slipway.local.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.llb.Digest;
import dev.slipway.oci.layer.Attributes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LayerIndexTest {

    private static final String ID = Digest.sha256("the layer").hex();
    private static final String OTHER = Digest.sha256("another").hex();
    private static final Attributes ATTRIBUTES = Attributes.DEFAULT_FOLDER;

    @Test
    void aLayerIsReadAsItWasWritten() throws Exception {
        Directory layer = LayerIndex.read(in(written()), ID);

        assertThat(layer.child("folder").orElseThrow()).isInstanceOf(Directory.class);
        assertThat(layer.child("gone")).contains(Whiteout.INSTANCE);
        assertThat(layer.child("link")).contains(new SymbolicLink(ATTRIBUTES, "folder"));
        assertThat(layer.child("again")).contains(new LowerLink(ATTRIBUTES, "bin/program"));
        assertThat(LayerIndex.needs(in(written()), ID).homes()).containsExactly(OTHER);
    }

    @Test
    void whicheverBitOfAnIndexIsDamagedThatIsSaid() throws Exception {
        byte[] written = written();
        for (int i = 0; i < written.length * Byte.SIZE; i++) {
            byte[] damaged = written.clone();
            damaged[i / Byte.SIZE] ^= (byte) (1 << i % Byte.SIZE);

            assertThatThrownBy(() -> LayerIndex.read(in(damaged), ID)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> LayerIndex.needs(in(damaged), ID)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whereverAnIndexEndsTooEarlyThatIsSaid() throws Exception {
        byte[] written = written();
        for (int length = 0; length < written.length; length++) {
            byte[] torn = Arrays.copyOf(written, length);

            assertThatThrownBy(() -> LayerIndex.read(in(torn), ID)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theFormOfALayerCountsForWhatItIs() throws Exception {
        LayerForm ofImage = LayerForm.ofWindowsImage(OTHER);
        Directory layer = Directory.ofLayer(Optional.of(ATTRIBUTES), new TreeMap<>());
        Set<Digest> ids = new HashSet<>();
        for (LayerForm form : List.of(LayerForm.PLAIN, LayerForm.WINDOWS, ofImage)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ids.add(LayerIndex.write(layer, form, out));

            assertThat(LayerIndex.form(in(out.toByteArray()))).isEqualTo(form);
            // Without a file it has no bytes anywhere, but its blob is the other layer's.
            assertThat(LayerIndex.needs(in(out.toByteArray()), ID).homes())
                    .isEqualTo(form.equals(ofImage) ? Set.of(OTHER) : Set.of());
        }
        assertThat(ids).hasSize(3);
    }

    private static InputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static byte[] written() throws IOException {
        TreeMap<String, Node> folder = new TreeMap<>();
        folder.put("a", new RegularFile(ATTRIBUTES, Content.own(Digest.sha256("a"), 1, 0)));
        folder.put("b", new RegularFile(ATTRIBUTES, new Content(Digest.sha256("b"), 70_000, OTHER, 300)));
        TreeMap<String, Node> root = new TreeMap<>();
        root.put("folder", Directory.ofLayer(Optional.of(ATTRIBUTES), folder));
        root.put("gone", Whiteout.INSTANCE);
        root.put("again", new LowerLink(ATTRIBUTES, "bin/program"));
        root.put("link", new SymbolicLink(ATTRIBUTES, "folder"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LayerIndex.write(Directory.ofLayer(Optional.empty(), root), LayerForm.PLAIN, out);
        return out.toByteArray();
    }
}
