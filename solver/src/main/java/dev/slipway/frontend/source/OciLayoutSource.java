package dev.slipway.frontend.source;

import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.graph.SourceNode;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An image in an OCI layout of the client. */
public final class OciLayoutSource {

    private OciLayoutSource() {}

    /**
     * The root of an image.
     *
     * @param reference a name for messages, pinned to the image's digest
     * @param store the name of the layout in the session
     * @param session id of the session; empty if the build has only one
     * @param platform as asked for
     * @param metadata to which the capability is added
     */
    public static Root of(String reference, String store, String session, Platform platform, Metadata metadata) {
        Map<String, String> attributes = new TreeMap<>(Map.of("oci.store", store));
        if (!session.isEmpty()) {
            attributes.put("oci.session", session);
        }
        SourceOp op = SourceOp.of("oci-layout://" + reference, attributes);
        return Root.of(new SourceNode(
                op,
                Optional.of(platform),
                metadata.capability("source.ocilayout").build()));
    }
}
