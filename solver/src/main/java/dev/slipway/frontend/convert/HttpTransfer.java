package dev.slipway.frontend.convert;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.frontend.convert.TransferRequest.Remote;
import dev.slipway.frontend.graph.FileNode;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.source.HttpSource;
import dev.slipway.frontend.value.Checksums;

/** A file behind a URL as a source of ADD. It is unpacked only on request. */
final class HttpTransfer {

    private HttpTransfer() {}

    static FileNode.Step of(String url, Remote flags, CopyTemplate template, String name) {
        String file = HttpSource.fileName(url);
        Root root = HttpSource.of(
                url,
                file,
                Checksums.parse(flags.checksum()),
                Metadata.named(name).command(""));
        boolean unpack = flags.unpack().orElse(false);
        return new FileNode.Step(root, template.exactly(SlashPath.join("/", file), unpack));
    }
}
