package dev.slipway.frontend.mount;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.frontend.graph.FileNode;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.stage.StageBuild;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.MakeDirectory;
import dev.slipway.llb.FileAction.Owner;
import dev.slipway.llb.FileAction.UserId;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import java.util.List;
import java.util.Optional;

/** {@code type=cache}: a folder that outlives the build. It can start with files of a stage or an image. */
final class CacheMount {

    private static final String NAMESPACE_ARGUMENT = "BUILDKIT_CACHE_MOUNT_NS";
    private static final String FOLDER = "/cache";
    private static final int DEFAULT_MODE = 0755;
    private static final int PERMISSION_BITS = 0777;

    private CacheMount() {}

    static void add(StepContext step, MountOptions mount, StageBuild from, ProcessDraft process) {
        Root root = from.root();
        String target = MountPaths.target(step, mount);
        String selector = MountPaths.selector(mount);
        if (selector.isEmpty() && mount.hasPermissions()) {
            root = withPermissions(root, mount);
            selector = FOLDER;
        }
        process.add(
                root,
                Mount.of(
                        Op.NONE,
                        selector,
                        target,
                        Op.NONE,
                        mount.readOnly(),
                        new Mount.Cache(id(step, mount), mount.sharing())));
        from.want(mount.source());
    }

    /** Without an id, it is the target as written, so a relative one names the same cache in every working directory. */
    private static String id(StepContext step, MountOptions mount) {
        String namespace = step.buildArgument(NAMESPACE_ARGUMENT).orElse("");
        String id = mount.id().isEmpty() ? SlashPath.clean(mount.target()) : mount.id();
        return namespace + "/" + id;
    }

    /** An empty folder with the given owner and mode, which a new cache takes over. */
    private static Root withPermissions(Root root, MountOptions mount) {
        Owner owner = new Owner(
                Optional.of(new UserId(mount.uid().orElse(0))),
                Optional.of(new UserId(mount.gid().orElse(0))));
        MakeDirectory folder = new MakeDirectory(
                FOLDER,
                mount.mode().orElse(DEFAULT_MODE) & PERMISSION_BITS,
                false,
                Optional.of(owner),
                FileAction.NO_TIMESTAMP);
        Metadata metadata = Metadata.named("[internal] setting cache mount permissions");
        return FileNode.of(root, List.of(new FileNode.Step(Root.SCRATCH, folder)), metadata);
    }
}
