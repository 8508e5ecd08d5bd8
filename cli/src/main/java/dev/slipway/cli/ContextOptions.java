package dev.slipway.cli;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.frontend.value.GitReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the context and the Dockerfile are: folder and file, addresses, or standard input. */
final class ContextOptions {

    private static final String STANDARD_INPUT = "-";

    @Parameters(
            index = "0",
            paramLabel = "CONTEXT",
            description = "Files of the build: a folder; a git repository (https://host/repository.git#branch:folder,"
                    + " github.com/owner/repository, ssh://...); the URL of an archive or of a Dockerfile; or - for an"
                    + " archive or a Dockerfile on standard input.")
    private String context;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description =
                    "Dockerfile: a file, a URL, or - for standard input (default: Dockerfile in CONTEXT). If CONTEXT"
                            + " is not a folder, a relative path leads into it.")
    private Optional<String> file = Optional.empty();

    BuildRequest request() {
        if (context.equals(STANDARD_INPUT) && file.equals(Optional.of(STANDARD_INPUT))) {
            throw new UsageException("standard input cannot be both the context and the Dockerfile; name one of them");
        }
        BuildRequest request = context();
        // As in docker, an empty one is none.
        if (file.isEmpty() || file.get().isEmpty()) {
            return request;
        }
        if (file.get().equals(STANDARD_INPUT)) {
            return request.dockerfileText(readInput());
        }
        return isUrl(file.get()) ? request.dockerfileUrl(file.get()) : request.dockerfile(Path.of(file.get()));
    }

    /** Where the Dockerfile is, if that is a folder of this machine. */
    Optional<Path> folder() {
        Path place = Path.of(context.equals(STANDARD_INPUT) ? "" : context);
        boolean isFolder = !context.equals(STANDARD_INPUT) && Files.isDirectory(place);
        if (file.isEmpty() || file.get().isEmpty()) {
            return isFolder ? Optional.of(place) : Optional.empty();
        }
        if (file.get().equals(STANDARD_INPUT) || isUrl(file.get())) {
            return Optional.empty();
        }
        Path dockerfile = Path.of(file.get());
        return isFolder || dockerfile.isAbsolute()
                ? Optional.of(Optional.ofNullable(dockerfile.getParent()).orElse(Path.of("")))
                : Optional.empty();
    }

    private BuildRequest context() {
        if (context.equals(STANDARD_INPUT)) {
            return BuildRequest.ofInput(keepInput());
        }
        Path folder = Path.of(context);
        return !Files.exists(folder) && isAddress() ? BuildRequest.ofUrl(context) : BuildRequest.of(folder);
    }

    private boolean isAddress() {
        try {
            return context.contains("://") || GitReference.parse(context).isPresent();
        } catch (IllegalArgumentException e) {
            return true; // A repository with something wrong in its query, which the build says.
        }
    }

    private static boolean isUrl(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }

    private static byte[] readInput() {
        try {
            return System.in.readAllBytes();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** An archive may be larger than memory. */
    private static Path keepInput() {
        try {
            Path kept = Files.createTempFile("slipway-input", "");
            kept.toFile().deleteOnExit();
            Files.copy(System.in, kept, StandardCopyOption.REPLACE_EXISTING);
            return kept;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static BuildException unreadable(IOException failure) {
        return new BuildException("cannot read standard input: " + failure.getMessage(), List.of(), failure);
    }
}
