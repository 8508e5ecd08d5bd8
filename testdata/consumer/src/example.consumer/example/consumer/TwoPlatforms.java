package example.consumer;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.SecretSource;
import dev.slipway.Slipway;
import dev.slipway.context.ContextFiles;
import dev.slipway.executor.event.BuildEvent;
import java.nio.file.Path;

/** A build for two platforms with a secret from memory and a listener, and a step that fails, in fifteen lines. */
public final class TwoPlatforms {

    private static final String DOCKERFILE = """
            FROM --platform=$BUILDPLATFORM alpine AS measure
            RUN --mount=type=secret,id=token wc -c < /run/secrets/token > /length
            FROM alpine
            COPY --from=measure /length /length
            """;
    private static final String BROKEN = """
            FROM --platform=$BUILDPLATFORM alpine AS broken
            RUN echo it is broken; exit 7
            FROM scratch
            COPY --from=broken / /
            """;

    private TwoPlatforms() {}

    public static void main(String[] arguments) throws Exception {
        BuildRequest request = BuildRequest.ofFiles(ContextFiles.EMPTY.text("Dockerfile", DOCKERFILE))
                .buildContext("alpine", Path.of(arguments[0]))
                .platforms("linux/amd64", "linux/arm64")
                .secret("token", SecretSource.text("s3cret"));
        try (Slipway slipway = Slipway.open()) {
            BuildResult result = slipway.build(request, event -> {
                if (event instanceof BuildEvent.Finished done) {
                    System.out.println(done.step().name() + ": " + done.outcome());
                }
            });
            System.out.print(new String(result.image("linux/arm64").readFile("/length").orElseThrow()));
            slipway.build(request.dockerfileText(BROKEN));
        } catch (BuildException e) {
            System.out.printf("%s in stage %s for %s, exit code %d, line %d: %s%n", e.kind(), e.stage().orElseThrow(),
                    e.platforms(), e.exitCode().orElseThrow(), e.locations().get(0).line(), e.logTail());
        }
    }
}
