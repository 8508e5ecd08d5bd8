package dev.slipway.frontend.mount;

import dev.slipway.executor.text.Utf8Order;
import dev.slipway.frontend.graph.ExecNode;
import dev.slipway.frontend.graph.Root;
import dev.slipway.llb.ExecOp.SecretEnvironment;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Collects the mounts of one RUN. */
public final class ProcessDraft {

    private final List<ExecNode.Source> sources = new ArrayList<>(2);
    private final List<Mount> secrets = new ArrayList<>(0);
    private final List<Mount> agents = new ArrayList<>(0);
    private final List<SecretEnvironment> secretEnvironment = new ArrayList<>(0);
    private final Set<String> capabilities = new TreeSet<>();

    /** Starts with the root, the only mount whose changes are kept. */
    public ProcessDraft(Root root) {
        add(root, Mount.of(Op.NONE, "", "/", 0, false, new Mount.Bind()));
    }

    /** Mounts a root of the graph, or something that starts empty. */
    public void add(Root root, Mount mount) {
        sources.add(new ExecNode.Source(root, mount));
        if (!mount.selector().isEmpty()) {
            capabilities.add("exec.mount.selector");
        }
        if (mount.kind() instanceof Mount.Cache) {
            capabilities.add("exec.mount.cache");
            capabilities.add("exec.mount.cache.sharing");
        } else if (mount.kind() instanceof Mount.Tmpfs tmpfs) {
            capabilities.add("exec.mount.tmpfs");
            if (tmpfs.size() > 0) {
                capabilities.add("exec.mount.tmpfs.size");
            }
        } else if (!root.isScratch()) {
            capabilities.add("exec.mount.bind");
        }
    }

    /** Adds a secret as a file, as a variable, or as both. */
    void addSecret(Optional<Mount> file, Optional<SecretEnvironment> variable) {
        capabilities.add("exec.mount.secret");
        file.ifPresent(secrets::add);
        variable.ifPresent(present -> {
            capabilities.add("exec.secretenv");
            secretEnvironment.add(present);
        });
    }

    /** Adds an agent's socket. */
    void addAgent(Mount socket) {
        capabilities.add("exec.mount.ssh");
        agents.add(socket);
    }

    /** How many agents there are. */
    int agentCount() {
        return agents.size();
    }

    /** The path of the first agent's socket, which programs find through {@code SSH_AUTH_SOCK}. */
    public Optional<String> firstAgent() {
        return agents.stream().map(Mount::destination).findFirst();
    }

    /**
     * The mounts with inputs, sorted by the bytes of their paths; those with the same path in the order in which they were
     * written.
     */
    public List<ExecNode.Source> sources() {
        sources.sort(Comparator.comparing(source -> source.mount().destination(), Utf8Order.INSTANCE));
        return sources;
    }

    /** The mounts that the session fills: secrets, then agents. */
    public List<Mount> sessionMounts() {
        List<Mount> mounts = new ArrayList<>(secrets);
        mounts.addAll(agents);
        return mounts;
    }

    /** The variables that the session fills. */
    public List<SecretEnvironment> secretEnvironment() {
        return secretEnvironment;
    }

    /** The capabilities that an executor needs for them. */
    public Set<String> capabilities() {
        return capabilities;
    }
}
