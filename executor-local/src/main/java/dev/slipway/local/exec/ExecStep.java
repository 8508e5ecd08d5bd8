package dev.slipway.local.exec;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.Entitlements;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.StepFailedException;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.local.cdi.ContainerEdits;
import dev.slipway.local.cgroup.ControlGroup;
import dev.slipway.local.cgroup.DeviceRule;
import dev.slipway.local.sandbox.FileOwners;
import dev.slipway.local.sandbox.LogLimits;
import dev.slipway.local.sandbox.Provisions;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxMount;
import dev.slipway.local.sandbox.SandboxRequest;
import dev.slipway.local.sandbox.SandboxRequest.SecretVariable;
import dev.slipway.local.store.Store;
import dev.slipway.oci.layer.UnixText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** One run of a process. */
final class ExecStep implements AutoCloseable {

    /** The order of bytes: what is mounted in a folder comes after that folder. */
    private static final Comparator<String> OUTER_FIRST =
            Comparator.comparing(UnixText::encode, Arrays::compareUnsigned);

    private final Vertex vertex;
    private final ExecOp op;
    private final List<Result> inputs;
    private final StepNeeds needs;
    private final BuildSession session;
    private final Sandbox sandbox;
    private final StepMonitor monitor;
    private final StepRoots roots;
    private final CacheMounts caches;
    private final TreeMap<Integer, StepRoot> outputs = new TreeMap<>();
    private final TreeMap<Integer, Result> passedThrough = new TreeMap<>();

    /**
     * @param inputs the results of the vertex's inputs
     * @param needs what it needs besides
     * @param sandbox what runs the process
     * @param left the trees of earlier steps
     * @param monitor hears what the process prints, and what is to be known of it
     */
    ExecStep(
            Store store,
            Vertex vertex,
            List<Result> inputs,
            StepNeeds needs,
            BuildSession session,
            Sandbox sandbox,
            LeftTrees left,
            StepMonitor monitor) {
        this.vertex = vertex;
        this.op = (ExecOp) vertex.op();
        this.inputs = inputs;
        this.needs = needs;
        this.session = session;
        this.sandbox = sandbox;
        this.monitor = monitor;
        this.roots = new StepRoots(store, op.security() == SecurityMode.SANDBOX, sandbox, left, monitor);
        this.caches = new CacheMounts(store, monitor);
    }

    /**
     * Runs the process.
     *
     * @return the outputs, in their order
     */
    @SuppressWarnings("ReferenceEquality") // Another mount may be equal to that of the root.
    public List<Result> run() throws IOException, InterruptedException {
        Entitlements.check(op, session);
        Mount rootMount = op.root().orElseThrow(() -> new ExecutorException("the step has no root to run in"));
        openCaches();
        StepRoot root = open(rootMount);
        List<SandboxMount> mounts = new ArrayList<>();
        for (Mount mount : op.mounts()) {
            if (mount != rootMount) {
                source(mount).ifPresent(source -> mounts.add(placed(mount, source)));
            }
        }
        mounts.sort(Comparator.comparing(SandboxMount::destination, OUTER_FIRST));
        for (ContainerEdits.HostMount mount : needs.devices().mounts()) {
            SandboxMount.Source source = new SandboxMount.HostPath(Path.of(mount.hostPath()), mount.options());
            mounts.add(new SandboxMount(
                    mount.destination(), source, mount.options().contains("ro")));
        }
        FileOwners owners = run(root, mounts);
        TreeMap<Integer, Result> results = new TreeMap<>(passedThrough);
        for (var output : outputs.entrySet()) {
            Result result = output.getValue().commit(owners);
            roots.leave(output.getValue(), result);
            results.put(output.getKey(), result);
        }
        return List.copyOf(results.values());
    }

    private FileOwners run(StepRoot root, List<SandboxMount> mounts) throws InterruptedException {
        Platform platform = vertex.platform().orElseGet(Platform::host);
        Optional<DeviceRule> rule = sandbox.restrictsDevices() && op.security() == SecurityMode.SANDBOX
                ? Optional.of(needs.deviceRule())
                : Optional.empty();
        try (ControlGroup group = ControlGroup.of(op.meta().cgroupParent(), needs.limits(), rule)) {
            group.problem().ifPresent(monitor::warn);
            if (rule.isPresent() && group.deviceProblem().isPresent()) {
                throw new ExecutorException("the step was not started because its devices cannot be restricted: "
                        + group.deviceProblem().get());
            }
            SandboxRequest request = new SandboxRequest(
                    root.overlay(),
                    mounts,
                    op.meta(),
                    secretEnvironment(),
                    op.network(),
                    op.security(),
                    platform,
                    LogLimits.DEFAULT,
                    new Provisions(needs.devices(), group.entrances(), rule.isPresent()));
            try {
                return sandbox.run(request, monitor);
            } catch (StepFailedException e) {
                if (!group.ranOutOfMemory()) {
                    throw e;
                }
                throw new StepFailedException(
                        e.getMessage() + ", out of memory: the limit is "
                                + needs.limits().get("memory") + " bytes; give the build's steps more memory",
                        e.exitCode());
            }
        }
    }

    /** In one order for all steps: two that wait for the same two folders would wait for ever otherwise. */
    private void openCaches() throws IOException, InterruptedException {
        List<Mount> sorted = op.mounts().stream()
                .filter(mount -> mount.kind() instanceof Mount.Cache)
                .sorted(Comparator.comparing(mount -> ((Mount.Cache) mount.kind()).id()))
                .toList();
        for (Mount mount : sorted) {
            caches.open((Mount.Cache) mount.kind(), input(mount));
        }
    }

    private Result input(Mount mount) {
        return mount.input() == Op.NONE ? Result.EMPTY : inputs.get(mount.input());
    }

    /** A root that is written to becomes an output, or is thrown away; one that is only read passes its input through. */
    private StepRoot open(Mount mount) throws IOException, InterruptedException {
        Result input = input(mount);
        StepRoot root = mount.readOnly() ? roots.readOnly(input) : roots.writable(input);
        if (mount.output() != Op.NONE) {
            if (mount.readOnly()) {
                passedThrough.put(mount.output(), input);
            } else {
                outputs.put(mount.output(), root);
            }
        }
        return root;
    }

    private Optional<SandboxMount.Source> source(Mount mount) throws IOException, InterruptedException {
        return mount.kind().accept(new SourceOf(mount)).open();
    }

    /** Opens what is mounted; empty if it is optional and missing. */
    private interface Opening {
        Optional<SandboxMount.Source> open() throws IOException, InterruptedException;
    }

    /** How a mount of each kind is opened. */
    private final class SourceOf implements Mount.KindVisitor<Opening> {

        private final Mount mount;

        SourceOf(Mount mount) {
            this.mount = mount;
        }

        @Override
        public Opening visitBind(Mount.Bind bind) {
            return () -> Optional.of(part(mount));
        }

        @Override
        public Opening visitCache(Mount.Cache cache) {
            return () -> Optional.of(new SandboxMount.Folder(caches.open(cache, input(mount)), path(mount)));
        }

        @Override
        public Opening visitTmpfs(Mount.Tmpfs tmpfs) {
            return () -> Optional.of(new SandboxMount.Memory(tmpfs.size()));
        }

        @Override
        public Opening visitSecret(Mount.Secret secret) {
            Mount.SessionFile file = secret.file();
            return () -> secret(file.id(), file.optional())
                    .map(content -> new SandboxMount.Secret(content, file.uid(), file.gid(), file.mode()));
        }

        @Override
        public Opening visitSsh(Mount.Ssh ssh) {
            return () -> agent(ssh.file());
        }
    }

    private SandboxMount.Source part(Mount mount) throws IOException, InterruptedException {
        if (mount.readOnly() || mount.output() == Op.NONE && sandbox.needsOneFolder()) {
            if (mount.output() != Op.NONE) {
                passedThrough.put(mount.output(), input(mount));
            }
            return roots.part(input(mount), path(mount));
        }
        return new SandboxMount.Layers(open(mount).overlay(), path(mount));
    }

    private SandboxMount placed(Mount mount, SandboxMount.Source source) {
        return SandboxMount.placed(op.meta().workingDirectory(), mount.destination(), source, mount.readOnly());
    }

    private static String path(Mount mount) {
        return mount.selector().isEmpty() ? "/" : mount.selector();
    }

    private Optional<byte[]> secret(String id, boolean optional) {
        Optional<byte[]> content = session.secrets().get(id);
        if (content.isEmpty() && !optional) {
            throw new ExecutorException("secret " + id + ": not found; pass the build a secret with this id");
        }
        return content;
    }

    private Optional<SandboxMount.Source> agent(Mount.SessionFile file) {
        String id = file.id().isEmpty() ? "default" : file.id();
        Optional<SandboxMount.Source> agent = Optional.ofNullable(
                        session.sshAgents().get(id))
                .map(socket -> new SandboxMount.SshAgent(socket, file.uid(), file.gid(), file.mode()));
        if (agent.isEmpty() && !file.optional()) {
            throw new ExecutorException("ssh agent " + id + ": not found; pass the build an SSH agent with this id");
        }
        return agent;
    }

    /** Of a secret that there need not be, the variable is there all the same, and empty: scripts with {@code set -u} read it. */
    private List<SecretVariable> secretEnvironment() {
        List<SecretVariable> variables = new ArrayList<>();
        for (ExecOp.SecretEnvironment variable : op.secretEnvironment()) {
            String value = secret(variable.id(), variable.optional())
                    .map(content -> new String(content, StandardCharsets.UTF_8))
                    .orElse("");
            variables.add(new SecretVariable(variable.name(), value));
        }
        return variables;
    }

    /** Lets go of cache folders and removes what the step wrote and nobody keeps. */
    @Override
    public void close() throws IOException {
        try {
            caches.close();
        } finally {
            roots.close();
        }
    }
}
