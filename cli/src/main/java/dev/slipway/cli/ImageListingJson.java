package dev.slipway.cli;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.oci.DescriptorJson;
import dev.slipway.oci.Image;
import dev.slipway.oci.files.FileFields;
import dev.slipway.oci.files.TreeFile;
import dev.slipway.oci.inspect.InspectedAttestation;
import dev.slipway.oci.inspect.InspectedImage;
import dev.slipway.oci.json.JsonCompactor;
import dev.slipway.oci.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/** Prints an image for programs: {@code docs/images.md} has the members. */
final class ImageListingJson {

    private final JsonWriter json = JsonWriter.readable();

    private ImageListingJson() {}

    static String of(ImageListing listing) {
        ImageListingJson json = new ImageListingJson();
        json.listing(listing);
        return json.json.toString();
    }

    private void listing(ImageListing listing) {
        Descriptor root = listing.inspection().root();
        json.startObject()
                .member("name", listing.name())
                .member("mediaType", root.mediaType())
                .member("digest", root.digest().toString())
                .member("size", root.size());
        listing.inspection().index().ifPresent(index -> {
            json.startArray("manifests");
            index.manifests().forEach(manifest -> json.value(DescriptorJson.write(manifest)));
            json.endArray();
            if (!index.annotations().isEmpty()) {
                json.member("annotations", index.annotations());
            }
        });
        json.startArray("images");
        listing.images().forEach(this::image);
        json.endArray().endObject();
    }

    private void image(ImageListing.Shown shown) {
        InspectedImage inspected = shown.image();
        Image image = inspected.image();
        byte[] config = image.document().json().toArray();
        json.startObject()
                .member("platform", inspected.platform().formatAll())
                .member("digest", image.descriptor().digest().toString())
                .member("mediaType", image.descriptor().mediaType());
        if (!image.manifest().annotations().isEmpty()) {
            json.member("annotations", image.manifest().annotations());
        }
        // As it is written: with what nobody knows of, too.
        json.jsonMember("config", new String(JsonCompactor.compact(config), StandardCharsets.UTF_8));
        json.startArray("layers");
        for (int i = 0; i < image.manifest().layers().size(); i++) {
            json.startObject();
            DescriptorJson.write(image.manifest().layers().get(i)).forEach(json::member);
            json.member("diffId", image.config().diffIds().get(i).toString()).endObject();
        }
        json.endArray();
        json.startArray("attestations");
        inspected.attestations().forEach(this::attestation);
        json.endArray();
        if (!shown.files().isEmpty()) {
            json.startArray("files");
            shown.files().forEach(this::file);
            json.endArray();
        }
        json.endObject();
    }

    private void attestation(InspectedAttestation attestation) {
        json.startObject()
                .member("predicateType", attestation.predicateType())
                .member("manifest", attestation.manifest().digest().toString())
                .member("statement", attestation.statement().digest().toString())
                .member("size", attestation.statement().size())
                .member("summary", attestation.summary())
                .endObject();
    }

    private void file(TreeFile file) {
        FileEntry entry = file.entry();
        json.startObject()
                .member("path", "/" + entry.path())
                .member("type", FileFields.type(entry.type()))
                .member("mode", "0%03o".formatted(entry.mode()))
                .member("uid", entry.uid())
                .member("gid", entry.gid())
                .member("size", entry.size())
                .member("modified", entry.modified().toString());
        if (!entry.linkTarget().isEmpty()) {
            json.member("target", entry.linkTarget());
        }
        file.content().ifPresent(content -> json.member("digest", content.toString()));
        json.member("layer", file.layer() + 1).endObject();
    }
}
