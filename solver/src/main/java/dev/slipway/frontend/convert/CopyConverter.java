package dev.slipway.frontend.convert;

import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.stage.StageBuild;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Copy;
import dev.slipway.parser.tree.Transfer;
import java.util.List;
import java.util.Optional;

/** {@code COPY}: files of the context, a stage or an image. */
final class CopyConverter {

    private CopyConverter() {}

    static void convert(StepContext step, Copy copy) {
        String chown = step.expand(copy.chown());
        String chmod = step.expand(copy.chmod());
        Transfer files = TransferRequest.expand(step, copy.files());
        List<StageBuild> sources = step.sources();
        Optional<StageBuild> from = sources.isEmpty() ? Optional.empty() : Optional.of(sources.get(0));
        if (from.isPresent() && !from.get().isConverted()) {
            throw new FrontendException("cannot copy from stage " + GoText.quote(copy.from())
                    + ", it needs to be defined before current stage "
                    + GoText.quote(step.stage().title()));
        }
        Root root = from.map(stage -> stage.root()).orElse(step.files().root());
        TransferConverter.convert(
                step,
                new TransferRequest(
                        "COPY",
                        files,
                        root,
                        from.isEmpty(),
                        chown,
                        chmod,
                        copy.link(),
                        copy.parents(),
                        copy.excludes(),
                        Optional.empty()));
        PathTransfer.wantAll(step, files.sources(), from);
    }
}
