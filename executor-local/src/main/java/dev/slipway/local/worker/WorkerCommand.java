package dev.slipway.local.worker;

import dev.slipway.executor.ExecutorException;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the worker's process is started: as this one, on the same classes. */
final class WorkerCommand {

    /** The property that names an archive of classes (AppCDS) of the class path. */
    private static final String ARCHIVE = "slipway.archive";

    /** One class of each library that a step may need. */
    private static final List<String> LIBRARIES = List.of(
            "dev.slipway.local.worker.WorkerMain",
            "dev.slipway.executor.BuildExecutor",
            "dev.slipway.oci.Image",
            "com.sun.jna.Native",
            "com.github.luben.zstd.Zstd",
            "org.apache.commons.compress.archivers.ArchiveEntry",
            "org.apache.commons.io.IOUtils",
            "org.apache.commons.codec.Charsets",
            "org.apache.commons.lang3.ArrayUtils",
            "com.fasterxml.jackson.core.JsonFactory");

    private static final List<String> VARIABLES =
            List.of("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH");

    private WorkerCommand() {}

    /** The program and its arguments. */
    static List<String> arguments(Path home, Sockets sockets) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (!Files.isExecutable(java)) {
            throw new ExecutorException("there is no program " + java + " to start the process that runs steps");
        }
        List<String> arguments = new ArrayList<>(List.of(java.toString()));
        arguments.addAll(List.of("-Xshare:auto", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"));
        Optional.ofNullable(System.getProperty(ARCHIVE))
                .filter(archive -> Files.isReadable(Path.of(archive)))
                .ifPresent(archive -> arguments.add("-XX:SharedArchiveFile=" + archive));
        for (String property : List.of("user.home", "user.name", "java.io.tmpdir")) {
            arguments.add("-D" + property + "=" + System.getProperty(property));
        }
        arguments.addAll(List.of("-cp", classPath(), WorkerMain.class.getName()));
        arguments.addAll(List.of(home.toString(), sockets.folder().toString()));
        return arguments;
    }

    /** What the worker may know of this process's environment. */
    static List<String> environment() {
        Map<String, String> all = System.getenv();
        return VARIABLES.stream()
                .filter(all::containsKey)
                .map(name -> name + "=" + all.get(name))
                .toList();
    }

    /** That of this process, or where this program has its classes from if another loader finds them. */
    private static String classPath() {
        String own = System.getProperty("java.class.path", "");
        List<Path> sources = LIBRARIES.stream()
                .flatMap(name -> source(name).stream())
                .distinct()
                .toList();
        if (sources.isEmpty()) {
            throw new ExecutorException("the process that runs steps cannot be started: this program's classes are"
                    + " in no files of their own");
        }
        List<Path> entries = Stream.of(own.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .toList();
        return entries.containsAll(sources) ? own : join(sources);
    }

    private static String join(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Optional<Path> source(String className) {
        try {
            CodeSource source = Class.forName(className, false, WorkerCommand.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource();
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()));
        } catch (ReflectiveOperationException | LinkageError | URISyntaxException | RuntimeException e) {
            return Optional.empty(); // Not there, so that nothing can need it; or in no file.
        }
    }
}
