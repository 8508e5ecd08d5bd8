package dev.slipway.benchmark;

import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;

/** Every image exists and is the same but for its platform, so that nothing but the conversion takes time. */
final class InventedImages implements ImageResolver {

    private static final Digest DIGEST = Digest.sha256("image");

    @Override
    public ResolvedImage resolve(ImageRequest request) {
        String config = "{\"architecture\":\"" + request.platform().architecture() + "\",\"os\":\""
                + request.platform().os()
                + "\",\"config\":{\"Env\":[\"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"],\"Cmd\":[\"/bin/sh\"]},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + DIGEST + "\"]},\"history\":[{\"created_by\":\"base layer\"}]}";
        return new ResolvedImage(request.reference(), DIGEST, Bytes.utf8(config));
    }
}
