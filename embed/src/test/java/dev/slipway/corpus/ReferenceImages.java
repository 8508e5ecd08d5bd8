package dev.slipway.corpus;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.json.JsonWriter;
import java.util.List;
import java.util.Map;

/** The images that the corpora are made with: every reference exists, with a digest made of its name and one layer. */
public final class ReferenceImages implements ImageResolver {

    @Override
    public ResolvedImage resolve(ImageRequest request) {
        String reference =
                ImageReference.parse(request.reference()).withoutDigest().toString();
        Digest digest = Digest.sha256("reference-image:" + request.reference());
        Platform platform = request.platform();
        JsonWriter config = JsonWriter.go().startObject();
        config.member("architecture", platform.architecture()).member("os", platform.os());
        if (!platform.variant().isEmpty()) {
            config.member("variant", platform.variant());
        }
        config.startObject("config");
        config.member("Env", List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
        config.member("Cmd", List.of("/bin/sh")).endObject();
        config.startObject("rootfs").member("type", "layers");
        config.member("diff_ids", List.of(digest.toString())).endObject();
        config.member("history", List.of(Map.of("created_by", "base layer"))).endObject();
        return new ResolvedImage(reference, digest, Bytes.utf8(config.toString()));
    }
}
