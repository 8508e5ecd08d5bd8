package dev.slipway.frontend;

import dev.slipway.frontend.TransferRequest.Remote;
import dev.slipway.frontend.graph.FileNode;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Output;
import dev.slipway.frontend.path.SlashPath;
import dev.slipway.frontend.source.HttpSource;
import dev.slipway.llb.Digest;
import java.util.Optional;

/** A file behind a URL as a source of ADD. It is unpacked only if that is asked for. */
final class HttpTransfer {

    private HttpTransfer() {}

    /** The copy, if the source is a URL. */
    static Optional<FileNode.Step> of(TransferRequest request, String source, CopyTemplate template, String name) {
        if (!TransferChecks.isUrl(source)) {
            return Optional.empty();
        }
        Remote flags = request.remote()
                .orElseThrow(() -> new FrontendException("source can't be a URL for " + request.verb()));
        Optional<Digest> checksum = Checksums.parse(flags.checksum());
        String file = HttpSource.fileName(source);
        Output root = HttpSource.of(source, file, checksum, Metadata.named(name).command(""));
        boolean unpack = flags.unpack().orElse(false);
        return Optional.of(new FileNode.Step(root, template.exactly(SlashPath.join("/", file), unpack)));
    }
}
