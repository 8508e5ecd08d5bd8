package dev.slipway.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.frontend.Conversion;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.FrontendRequestBuilder;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.llb.Platform;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.tree.Dockerfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The conversions of a corpus that succeed, with what they need in memory. */
@State(Scope.Benchmark)
public class Corpus {

    private static final Platform BUILD_PLATFORM = Platform.of("linux", "amd64", "");

    /** The folder of the corpus. */
    @Param("")
    public String corpus;

    private final List<Job> jobs = new ArrayList<>();

    /**
     * One conversion.
     *
     * @param source the Dockerfile
     * @param dockerfile the same, parsed
     * @param request what to convert it for
     */
    record Job(byte[] source, Dockerfile dockerfile, FrontendRequest request) {

        Conversion convert(Dockerfile parsed) {
            return Frontend.convert(parsed, request, new InventedImages(), Checks.none());
        }
    }

    /** Reads the corpus. */
    @Setup(Level.Trial)
    public void load() throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (Stream<Path> files = Files.walk(Path.of(corpus))) {
            for (Path file : files.filter(path -> path.endsWith("reference.json")).sorted().toList()) {
                load(Files.readAllBytes(file.resolveSibling("Dockerfile")), json.readTree(file.toFile()));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void load(byte[] source, JsonNode reference) {
        for (JsonNode run : reference.path("runs")) {
            for (JsonNode result : run.path("results")) {
                if (!result.has("error")) {
                    jobs.add(new Job(source, DockerfileParser.parse(source), request(run, result)));
                }
            }
        }
    }

    private static FrontendRequest request(JsonNode run, JsonNode result) {
        FrontendRequestBuilder request = FrontendRequest.builder()
                .buildPlatforms(List.of(BUILD_PLATFORM))
                .platform(Platform.parse(result.path("platform").asText(), BUILD_PLATFORM))
                .multiPlatform(run.path("multiPlatform").asBoolean());
        if (run.has("target")) {
            request.target(run.path("target").asText());
        }
        run.path("buildArgs")
                .properties()
                .forEach(entry -> request.buildArg(entry.getKey(), entry.getValue().asText()));
        return request.build();
    }

    List<Job> jobs() {
        return jobs;
    }
}
