package dev.slipway.frontend.context;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.MainContext;
import dev.slipway.frontend.graph.FileNode;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.source.GitSource;
import dev.slipway.frontend.source.HttpSource;
import dev.slipway.frontend.source.LocalSource;
import dev.slipway.frontend.value.GitReference;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.Copy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The main context as part of the graph. */
final class MainContextSource {

    private MainContextSource() {}

    /**
     * The root of the context.
     *
     * @param wantedPaths the paths that are read; only a folder of the client can be narrowed to them
     */
    static Root of(MainContext context, Set<String> wantedPaths) {
        if (context instanceof MainContext.Local local) {
            LocalSource source = new LocalSource(local.name(), local.session(), local.name(), local.ignorePatterns());
            return source.output(wantedPaths, Metadata.named("[internal] load build context"));
        }
        if (context instanceof MainContext.Git git) {
            return scoped(root(context), git.subdirectory());
        }
        return scoped(root(context), ((MainContext.Http) context).subdirectory());
    }

    /** All of a context that is not a folder of the client. */
    static Root root(MainContext context) {
        Root fetched = remote(context).orElseThrow();
        return context instanceof MainContext.Http http && http.archive() ? unpacked(fetched) : fetched;
    }

    /** The source of a context that is not a folder of the client. */
    static Optional<Root> remote(MainContext context) {
        if (context instanceof MainContext.Git git) {
            return Optional.of(repository(git));
        }
        if (context instanceof MainContext.Http http) {
            Metadata metadata = Metadata.named("[internal] load remote build context");
            return Optional.of(HttpSource.of(http.url(), HttpSource.CONTEXT_FILE, Optional.empty(), metadata));
        }
        return Optional.empty();
    }

    private static Root repository(MainContext.Git git) {
        GitReference reference = GitReference.parse(git.reference())
                .orElseThrow(() -> new FrontendException("invalid git context " + git.reference()));
        String fileTime = reference.fileTime().isEmpty() && git.commitTime() ? "commit" : reference.fileTime();
        GitSource source = new GitSource(
                reference,
                git.keepGitDir() || reference.keepGitDirectory().orElse(false),
                reference.checksum(),
                fileTime);
        return source.output(Metadata.named("[internal] load git source " + git.reference()));
    }

    private static Root unpacked(Root file) {
        return copied(file, "/" + HttpSource.CONTEXT_FILE, false, true);
    }

    private static Root scoped(Root root, Optional<String> folder) {
        return folder.map(path -> copied(root, SlashPath.join("/", path), true, false))
                .orElse(root);
    }

    private static Root copied(Root root, String path, boolean content, boolean unpack) {
        Copy copy = new Copy(
                path,
                "/",
                Optional.empty(),
                -1,
                "",
                false,
                content,
                unpack,
                false,
                false,
                false,
                FileAction.NO_TIMESTAMP,
                List.of(),
                List.of(),
                false,
                List.of());
        return FileNode.of(Root.SCRATCH, List.of(new FileNode.Step(root, copy)), Metadata.unnamed());
    }
}
