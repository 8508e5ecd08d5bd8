package dev.slipway.foreign;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ProgramFile;
import dev.slipway.graph.StepName;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation;
import dev.slipway.llb.Vertex;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Programs in an image that its platform does not run.
 *
 * @param platform the image's
 * @param programs at least one, all made by the same step for the same processor, by path
 * @param step the step that put them there; empty if the results of earlier builds that would tell are gone
 * @param origin the step or source that the step took them from, if it is known
 */
public record ForeignPrograms(
        Platform platform, List<ProgramFile> programs, Optional<Vertex> step, Optional<Vertex> origin) {

    private static final int SHOWN = 3;

    public ForeignPrograms {
        requireNonNull(platform, "platform is null");
        programs = List.copyOf(programs);
        requireNonNull(step, "step is null");
        requireNonNull(origin, "origin is null");
    }

    /** For the user: which files, what is wrong with them, where they come from and what to do. */
    public String message() {
        Platform own = programs.get(0).platform();
        StringBuilder text = new StringBuilder(
                programs.stream().limit(SHOWN).map(ProgramFile::path).collect(Collectors.joining(", ")));
        if (programs.size() > SHOWN) {
            text.append(" and ").append(programs.size() - SHOWN).append(" more files");
        }
        text.append(programs.size() == 1 ? " is" : " are");
        // The header of a program does not tell the variant of its processor.
        text.append(" for ").append(own.os()).append('/').append(own.architecture());
        text.append(", but the image is for ").append(platform.formatAll());
        step.ifPresent(vertex -> text.append("; put there by ").append(describe(vertex)));
        origin.ifPresent(vertex -> text.append(", taken from ").append(describe(vertex)));
        return text.append("; build for $TARGETPLATFORM, or copy from a stage of that platform")
                .toString();
    }

    /** Where the step stands in the Dockerfile; nothing if it is not known. */
    public List<SourceLocation> locations() {
        return step.map(vertex -> vertex.metadata().locations()).orElse(List.of());
    }

    private static String describe(Vertex vertex) {
        String name = StepName.of(vertex);
        return vertex.metadata().locations().stream()
                .filter(location -> !location.ranges().isEmpty())
                .findFirst()
                .map(location -> name + " (" + location.file().name() + ":" + location.line() + ")")
                .orElse(name);
    }
}
