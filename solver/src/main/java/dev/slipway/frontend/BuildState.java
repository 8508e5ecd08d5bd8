package dev.slipway.frontend;

import dev.slipway.frontend.graph.Output;
import dev.slipway.llb.Platform;
import java.util.Optional;

/** What the next process of a stage would find: its root and its surroundings. Belongs to one stage. */
final class BuildState {

    private Output root;
    private Environment environment;
    private String directory = "/";
    private String user = "";
    private Optional<Platform> platform;

    private BuildState(Output root, Environment environment, Optional<Platform> platform) {
        this.root = root;
        this.environment = environment;
        this.platform = platform;
    }

    /** An empty root. Processes on it run on the platform of the target. */
    static BuildState scratch() {
        return new BuildState(Output.SCRATCH, new Environment(), Optional.empty());
    }

    /** A root of this platform, which is normalised as BuildKit does it for processes. */
    static BuildState of(Output root, Platform platform) {
        return new BuildState(root, new Environment(), Optional.of(platform.normalized()));
    }

    /** A root whose platform is nobody's business, such as a folder of the client. */
    static BuildState of(Output root) {
        return new BuildState(root, new Environment(), Optional.empty());
    }

    /** The same for a stage that goes on from here. */
    BuildState copy() {
        BuildState copy = new BuildState(root, environment.copy(), platform);
        copy.directory = directory;
        copy.user = user;
        return copy;
    }

    Output root() {
        return root;
    }

    void root(Output next) {
        root = next;
    }

    Environment environment() {
        return environment;
    }

    String directory() {
        return directory;
    }

    void directory(String path) {
        directory = path;
    }

    String user() {
        return user;
    }

    void user(String name) {
        user = name;
    }

    /** The platform of processes; none for that of the target. */
    Optional<Platform> platform() {
        return platform;
    }

    void platform(Platform wanted) {
        platform = Optional.of(wanted.normalized());
    }
}
