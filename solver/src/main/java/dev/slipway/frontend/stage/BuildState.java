package dev.slipway.frontend.stage;

import dev.slipway.frontend.graph.Root;
import dev.slipway.llb.Platform;
import java.util.Optional;

/** The state that the next process of a stage starts from: its root and its environment. Belongs to one stage. */
public final class BuildState {

    private Root root;
    private Environment environment;
    private String directory = "/";
    private String user = "";
    private Optional<Platform> platform;

    private BuildState(Root root, Environment environment, Optional<Platform> platform) {
        this.root = root;
        this.environment = environment;
        this.platform = platform;
    }

    /** An empty root. Processes on it run on the platform of the target. */
    static BuildState scratch() {
        return new BuildState(Root.SCRATCH, new Environment(), Optional.empty());
    }

    /**
     * A root.
     *
     * @param platform normalised as BuildKit does for processes; empty if it has none, as a folder of the client
     */
    static BuildState of(Root root, Optional<Platform> platform) {
        return new BuildState(root, new Environment(), platform.map(Platform::normalized));
    }

    /** A copy for a stage that is based on this one. */
    BuildState copy() {
        BuildState copy = new BuildState(root, environment.copy(), platform);
        copy.directory = directory;
        copy.user = user;
        return copy;
    }

    /** Its files. */
    public Root root() {
        return root;
    }

    public void root(Root next) {
        root = next;
    }

    /** Its variables. */
    public Environment environment() {
        return environment;
    }

    /** Its working directory. */
    public String directory() {
        return directory;
    }

    public void directory(String path) {
        directory = path;
    }

    /** Its user; empty for root. */
    public String user() {
        return user;
    }

    public void user(String name) {
        user = name;
    }

    /** The platform of processes; none for that of the target. */
    public Optional<Platform> platform() {
        return platform;
    }

    void platform(Platform wanted) {
        platform = Optional.of(wanted.normalized());
    }
}
