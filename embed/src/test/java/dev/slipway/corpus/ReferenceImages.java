package dev.slipway.corpus;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.json.GoJson;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;

/** The images that the corpora are made with: every reference exists, with a digest made of its name and one layer. */
public final class ReferenceImages implements ImageResolver {

    @Override
    public ResolvedImage resolve(ImageRequest request) {
        String reference =
                ImageReference.parse(request.reference()).withoutDigest().toString();
        Digest digest = Digest.sha256("reference-image:" + request.reference());
        Platform platform = request.platform();
        String variant = platform.variant().isEmpty() ? "" : "\"variant\":" + GoJson.string(platform.variant()) + ",";
        String config = "{\"architecture\":" + GoJson.string(platform.architecture()) + ",\"os\":"
                + GoJson.string(platform.os()) + "," + variant
                + "\"config\":{\"Env\":[\"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"],"
                + "\"Cmd\":[\"/bin/sh\"]},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + digest + "\"]},"
                + "\"history\":[{\"created_by\":\"base layer\"}]}";
        return new ResolvedImage(reference, digest, Bytes.utf8(config));
    }
}
