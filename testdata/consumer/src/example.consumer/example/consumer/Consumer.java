package example.consumer;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.executor.ExecutorSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** What a program of somebody else does with the library: it builds from memory, and reads a failure by its fields. */
public final class Consumer {

    private Consumer() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println(Consumer.class.getModule().isNamed() ? "module path" : "class path");
        try (Slipway slipway = Slipway.open(arguments[0], ExecutorSettings.of(Path.of(arguments[1])))) {
            BuildRequest request = BuildRequest.ofFiles(
                            Map.of("Dockerfile", text("FROM scratch\nCOPY greeting /\n"), "greeting", text("hello")))
                    .platforms("linux/amd64", "linux/arm64");
            BuildResult result = slipway.build(request);
            byte[] greeting = result.image("linux/arm64").readFile("/greeting").orElseThrow();
            System.out.println(new String(greeting, StandardCharsets.UTF_8));
            System.out.println(result.image("linux/arm64").config().platform());

            BuildRequest failing =
                    BuildRequest.ofFiles(Map.of("Dockerfile", text("FROM scratch\nCOPY missing /\n")));
            try {
                slipway.build(failing);
            } catch (BuildException e) {
                System.out.println(e.kind() + " in line " + e.locations().get(0).line());
            }
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
