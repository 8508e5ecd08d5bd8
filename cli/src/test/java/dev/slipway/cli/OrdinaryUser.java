package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs the command as a user who is not root. What root's tests read may be hidden from others, so that the user has a folder of
 * his own with all that he needs.
 */
final class OrdinaryUser {

    /** The user for whom others are set aside; another one who has been made in the same way does as well. */
    private static final String WITH_OTHERS = System.getProperty("slipway.tests.user", "slipway-test");

    /** How long a step may sleep: longer than any test may take. No other process of the machine has this argument. */
    static final String SECONDS = "46" + ProcessHandle.current().pid();

    private final int uid;
    private final int gid;
    private final Path folder;
    private final String classPath;

    private OrdinaryUser(int uid, int gid, Path folder) throws IOException {
        this.uid = uid;
        this.gid = gid;
        this.folder = Files.createDirectory(folder.resolve("user-" + uid));
        this.classPath = copyClassPath();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setAttribute(this.folder, "unix:uid", uid);
        Files.setAttribute(this.folder, "unix:gid", gid);
    }

    /** A user for whom others are set aside, who has been made by {@code testdata/setup}. */
    static OrdinaryUser withOthers(Path folder) throws IOException, InterruptedException {
        assertThat(Path.of("/etc/subuid")).content().contains(WITH_OTHERS + ":");
        return new OrdinaryUser(number("-u"), number("-g"), folder);
    }

    /** His number or that of his group, which differ from machine to machine and need not be equal. */
    private static int number(String which) throws IOException, InterruptedException {
        Process id = new ProcessBuilder("id", which, WITH_OTHERS).start();
        String number = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(id.waitFor())
                .as("testdata/setup tests makes the user " + WITH_OTHERS)
                .isZero();
        return Integer.parseInt(number);
    }

    /** A user whom nobody knows. */
    static OrdinaryUser alone(Path folder) throws IOException {
        return new OrdinaryUser(64_123, 64_321, folder);
    }

    /** His folder. */
    Path folder() {
        return folder;
    }

    /** The words before a command that has him start it. */
    List<String> as() {
        // Whoever runs the tests in the background ignores signals, and all below inherit that.
        return List.of(
                "env",
                "--default-signal",
                "setpriv",
                "--reuid=" + uid,
                "--regid=" + gid,
                "--clear-groups",
                "--inh-caps=-all");
    }

    /** Where the builds of {@link #start} are kept. */
    Path home() {
        return folder.resolve("home");
    }

    private String copyClassPath() throws IOException {
        Path copies = Files.createDirectory(folder.resolve("classes"));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path source = Path.of(entry);
            if (Files.exists(source) && !source.endsWith("test-classes")) {
                Path target = copies.resolve(entries.size() + "-" + source.getFileName());
                copy(source, target);
                entries.add(target.toString());
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Gives him a copy of a folder or file that he can read. */
    static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(source.relativize(file).toString());
                Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.REPLACE_EXISTING);
                if (!Files.isSymbolicLink(copy)) {
                    var permissions = Files.getPosixFilePermissions(copy);
                    permissions.add(PosixFilePermission.OTHERS_READ);
                    if (Files.isDirectory(copy)) {
                        permissions.add(PosixFilePermission.OTHERS_EXECUTE);
                    }
                    Files.setPosixFilePermissions(copy, permissions);
                }
            }
        }
    }

    /** Starts the command; what it says goes to the file {@code log} of his folder. */
    Process start(List<String> wrapper, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(as());
        command.addAll(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                "dev.slipway.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .directory(folder.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("SLIPWAY_HOME", home().toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    private Path log() {
        return folder.resolve("log");
    }

    /** What the last command has said so far. */
    String said() throws IOException {
        return Files.exists(log()) ? Files.readString(log()) : "";
    }

    /** Runs the command to its end, which must be a good one, and gives back what it said. */
    String run(List<String> wrapper, String... arguments) throws IOException, InterruptedException {
        assertThat(start(wrapper, arguments).waitFor()).as(this::saidOrNothing).isZero();
        return said();
    }

    private String saidOrNothing() {
        try {
            return said();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /**
     * Processes of these tests: those that know his folder, as their command lines or environments say, and steps that sleep for
     * {@link #SECONDS}. Others of his may belong to other tests. Zombies have nothing of the kind.
     */
    List<String> processes() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.toList()) {
                if (process.getFileName().toString().matches("[0-9]+")) {
                    describe(process).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private Optional<String> describe(Path process) {
        try {
            String command = Files.readString(process.resolve("cmdline")).replace('\0', ' ');
            String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            boolean own = (command + environment).contains(folder.toString()) || command.contains(" " + SECONDS);
            return own ? Optional.of(process + " " + command) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // It has ended.
        }
    }
}
