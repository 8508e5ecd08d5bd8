package dev.slipway.frontend.convert;

import dev.slipway.frontend.convert.TransferRequest.Remote;
import dev.slipway.frontend.source.HttpSource;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.parser.tree.Add;
import dev.slipway.parser.tree.Transfer;
import java.util.List;
import java.util.Optional;

/** {@code ADD}: files of the context, with archives unpacked, files behind URLs, git repositories. */
final class AddConverter {

    private AddConverter() {}

    static void convert(StepContext step, Add add) {
        String chown = step.expand(add.chown());
        String chmod = step.expand(add.chmod());
        String checksum = step.expand(add.checksum());
        Transfer files = TransferRequest.expand(step, add.files());
        TransferConverter.convert(
                step,
                new TransferRequest(
                        "ADD",
                        files,
                        step.files().root(),
                        true,
                        chown,
                        chmod,
                        add.link(),
                        false,
                        add.excludes(),
                        Optional.of(new Remote(add.keepGitDir(), checksum, add.unpack()))));
        // Addresses of git repositories that are not URLs count as paths, as in BuildKit.
        List<String> paths = files.sources().stream()
                .filter(source -> !HttpSource.isUrl(source))
                .toList();
        PathTransfer.wantAll(step, paths, Optional.empty());
    }
}
