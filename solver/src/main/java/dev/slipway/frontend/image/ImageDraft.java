package dev.slipway.frontend.image;

import dev.slipway.llb.Platform;
import dev.slipway.oci.config.ContainerConfig;
import dev.slipway.oci.config.HealthcheckConfig;
import dev.slipway.oci.config.HistoryEntry;
import dev.slipway.oci.config.ImageConfig;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The image config of an unfinished stage. Belongs to one stage; parts shared with others are copied on change. */
public final class ImageDraft {

    /** The PATH on all systems but Windows if the base image has none. */
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** The inline cache of a base describes another image. As in BuildKit, no field that Docker does not know is taken over. */
    private static final SortedMap<String, String> NOT_KNOWN = Collections.emptySortedMap();

    private static final String COMMENT = "buildkit.dockerfile.v0";
    private static final String PATH = "PATH";
    private static final String WINDOWS = "windows";

    private final ImageConfig base;
    private final History history;
    private final ImageEnvironment environment;
    private final SharedMap exposedPorts;
    private final SharedMap volumes;
    private final SharedMap labels;
    private final List<String> onBuild;
    private Platform platform;
    private String author;
    private String user;
    private String workingDirectory;
    private List<String> entrypoint;
    private List<String> command;
    private String stopSignal;
    private boolean argsEscaped;
    private Optional<HealthcheckConfig> healthcheck;
    private List<String> shell;

    private ImageDraft(ImageConfig base) {
        ContainerConfig config = base.config();
        this.base = base;
        this.history = History.of(base.history());
        this.environment = new ImageEnvironment(config.environment());
        this.exposedPorts = new SharedMap(asMap(config.exposedPorts()));
        this.volumes = new SharedMap(asMap(config.volumes()));
        this.labels = new SharedMap(config.labels());
        this.platform = base.platform();
        this.author = base.author();
        this.user = config.user();
        this.workingDirectory = config.workingDirectory();
        this.entrypoint = config.entrypoint();
        this.command = config.command();
        this.stopSignal = config.stopSignal();
        this.argsEscaped = config.argsEscaped();
        this.healthcheck = config.healthcheck();
        this.onBuild = new ArrayList<>(config.onBuild());
        this.shell = config.shell();
    }

    private ImageDraft(ImageDraft parent) {
        this.base = parent.base;
        this.history = parent.history.copy();
        this.environment = parent.environment.copy();
        this.exposedPorts = parent.exposedPorts.copy();
        this.volumes = parent.volumes.copy();
        this.labels = parent.labels.copy();
        this.platform = parent.platform;
        this.author = parent.author;
        this.user = parent.user;
        this.workingDirectory = parent.workingDirectory;
        this.entrypoint = parent.entrypoint;
        this.command = parent.command;
        this.stopSignal = parent.stopSignal;
        this.argsEscaped = parent.argsEscaped;
        this.healthcheck = parent.healthcheck;
        this.onBuild = new ArrayList<>();
        this.shell = parent.shell;
    }

    /** A draft that starts as a base image. Its creation time is dropped. */
    public static ImageDraft of(ImageConfig base) {
        return new ImageDraft(base);
    }

    /** A draft that has only a platform. */
    public static ImageDraft scratch(Platform platform) {
        return new ImageDraft(scratchConfig(platform));
    }

    /** An empty draft, as for a folder that replaces a stage. */
    public static ImageDraft unknown() {
        return new ImageDraft(config(Platform.of("", "", ""), "", List.of()));
    }

    /** The config of an empty image. */
    public static ImageConfig scratchConfig(Platform platform) {
        boolean windows = platform.os().equals(WINDOWS);
        return config(platform, "/", windows ? List.of() : List.of(PATH + "=" + DEFAULT_PATH));
    }

    private static ImageConfig config(Platform platform, String workingDirectory, List<String> environment) {
        ContainerConfig config = new ContainerConfig(
                "",
                new TreeSet<>(),
                environment,
                List.of(),
                List.of(),
                new TreeSet<>(),
                workingDirectory,
                new TreeMap<>(),
                "",
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                new TreeMap<>());
        return new ImageConfig(Optional.empty(), "", platform, List.of(), List.of(), config, new TreeMap<>());
    }

    /** The draft of a stage based on this one, without its triggers. */
    public ImageDraft forChild() {
        return new ImageDraft(this);
    }

    /** Adds a history entry. */
    public void commit(String text, boolean withLayer, OptionalLong epoch) {
        history.add(new HistoryEntry(
                epoch.isPresent()
                        ? Optional.of(Instant.ofEpochSecond(epoch.getAsLong()).atOffset(ZoneOffset.UTC))
                        : Optional.empty(),
                text,
                "",
                COMMENT,
                !withLayer));
    }

    /** Sets a PATH if there is none. Windows has a search path of its own. */
    public void ensurePath(String os) {
        if (!os.equals(WINDOWS) && !environment.contains(PATH)) {
            environment.put(PATH, DEFAULT_PATH);
        }
    }

    /** A command line in shell form as the arguments of a process. */
    public List<String> withShell(List<String> text) {
        List<String> arguments = new ArrayList<>(shell);
        if (shell.isEmpty()) {
            arguments.addAll(platform.os().equals(WINDOWS) ? List.of("cmd", "/S", "/C") : List.of("/bin/sh", "-c"));
        }
        arguments.add(String.join(" ", text));
        return arguments;
    }

    public Platform platform() {
        return platform;
    }

    public boolean isWindows() {
        return platform.os().equals(WINDOWS);
    }

    public void platform(Platform other) {
        platform = other;
    }

    public void author(String text) {
        author = text;
    }

    /** Sets a variable of the environment. */
    public void variable(String name, String value) {
        environment.put(name, value);
    }

    /** Shows all variables of the environment, in its order. */
    public void forEachVariable(BiConsumer<String, String> reader) {
        environment.forEach(reader);
    }

    public void expose(String port) {
        exposedPorts.put(port, "");
    }

    public void addVolume(String path) {
        volumes.put(path, "");
    }

    public void label(String name, String value) {
        labels.put(name, value);
    }

    public String user() {
        return user;
    }

    public void user(String name) {
        user = name;
    }

    public String workingDirectory() {
        return workingDirectory;
    }

    public void workingDirectory(String path) {
        workingDirectory = path;
    }

    public void entrypoint(List<String> arguments) {
        entrypoint = arguments;
    }

    public void command(List<String> arguments) {
        command = arguments;
    }

    public void stopSignal(String signal) {
        stopSignal = signal;
    }

    public void markArgumentsEscaped() {
        argsEscaped = true;
    }

    public void healthcheck(HealthcheckConfig check) {
        healthcheck = Optional.of(check);
    }

    /** Removes and returns the triggers. */
    public List<String> takeTriggers() {
        List<String> triggers = List.copyOf(onBuild);
        onBuild.clear();
        return triggers;
    }

    public void addTrigger(String expression) {
        onBuild.add(expression);
    }

    public boolean hasShell() {
        return !shell.isEmpty();
    }

    public void shell(List<String> arguments) {
        shell = arguments;
    }

    /** The finished config. */
    public ImageConfig build() {
        ContainerConfig config = new ContainerConfig(
                user,
                new TreeSet<>(exposedPorts.entries().keySet()),
                environment.assignments(),
                entrypoint,
                command,
                new TreeSet<>(volumes.entries().keySet()),
                workingDirectory,
                labels.entries(),
                stopSignal,
                argsEscaped,
                healthcheck,
                onBuild,
                shell,
                NOT_KNOWN);
        return new ImageConfig(
                Optional.empty(), author, platform, base.diffIds(), history.entries(), config, NOT_KNOWN);
    }

    private static SortedMap<String, String> asMap(Iterable<String> keys) {
        SortedMap<String, String> map = new TreeMap<>();
        keys.forEach(key -> map.put(key, ""));
        return map;
    }
}
