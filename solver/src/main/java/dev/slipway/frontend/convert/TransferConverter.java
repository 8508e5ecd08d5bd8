package dev.slipway.frontend.convert;

import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.convert.TransferRequest.Remote;
import dev.slipway.frontend.graph.FileNode;
import dev.slipway.frontend.graph.MergeNode;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.path.SystemPath;
import dev.slipway.frontend.source.HttpSource;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.frontend.value.GitReference;
import dev.slipway.llb.VertexMetadata.ProgressGroup;
import dev.slipway.parser.tree.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one file operation of a COPY or ADD, with an action for each source. */
final class TransferConverter {

    private final StepContext step;
    private final TransferRequest request;
    private final Root base;
    private final CopyTemplate template;
    private final String prefix;
    private final String text;
    private Optional<Remote> remote;

    private TransferConverter(StepContext step, TransferRequest request) {
        this.step = step;
        this.request = request;
        this.remote = request.remote();
        String destination =
                SystemPath.destination(step.state().directory(), request.files().destination(), step.os());
        // With --link the files form a layer of their own, where the users of the root are not known.
        this.base = request.ownLayer() ? Root.SCRATCH : step.state().root();
        this.template = CopyTemplate.of(request, destination, base);
        TransferChecks.checkChecksum(request);
        this.text = step.words().shownText();
        this.prefix = step.nextPrefix(Optional.of(step.platform()));
    }

    static void convert(StepContext step, TransferRequest request) {
        new TransferConverter(step, request).convert();
    }

    private void convert() {
        List<FileNode.Step> copies = new ArrayList<>();
        for (String source : request.files().sources()) {
            copies.add(copy(source));
        }
        for (Transfer.InlineFile file : request.files().inlineFiles()) {
            copies.add(InlineTransfer.of(step, file, template));
        }
        step.state().root(request.ownLayer() ? linked(copies) : copied(copies));
        step.commit(request.history(), true);
    }

    private FileNode.Step copy(String source) {
        Optional<GitReference> git = GitReference.parse(source).filter(reference -> !reference.looksLocal());
        if (git.isPresent()) {
            // Settings of one address also apply to the sources after it, as in BuildKit.
            remote = Optional.of(remoteFlags("git ref").with(git.get()));
            return GitTransfer.of(git.get(), remote.get(), template, name());
        }
        return HttpSource.isUrl(source)
                ? HttpTransfer.of(source, remoteFlags("URL"), template, name())
                : PathTransfer.of(step, request, source, template);
    }

    private Remote remoteFlags(String kind) {
        return remote.orElseThrow(() -> new FrontendException("source can't be a " + kind + " for " + request.verb()));
    }

    private String name() {
        return prefix + text;
    }

    private Metadata metadata(String name) {
        return step.metadata(name).ignoreCache(step.stage().ignoreCache());
    }

    private Root copied(List<FileNode.Step> copies) {
        return FileNode.of(base, copies, metadata(name()));
    }

    private Root linked(List<FileNode.Step> copies) {
        String group = name() + "@" + step.statement().range().startLine();
        Root layer = FileNode.of(base, copies, metadata(name()).group(new ProgressGroup(group, name(), true)));
        if (step.state().root().isScratch()) {
            return layer;
        }
        Metadata metadata = metadata(prefix + "LINK " + text)
                .group(new ProgressGroup(group, name(), false))
                .capability("mergeop");
        return Root.of(new MergeNode(List.of(step.state().root(), layer), metadata.build()));
    }
}
