package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.frontend.Conversion;
import dev.slipway.llb.Platform;
import dev.slipway.llbjson.DefinitionJson;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code slipway llb}. */
@Command(
        name = "llb",
        description = "Print the build graph of a Dockerfile, without building it.",
        mixinStandardHelpOptions = true)
final class LlbCommand implements Callable<Integer> {

    @Mixin
    private BuildOptions options;

    @Option(
            names = "--format",
            paramLabel = "json|proto",
            description = "JSON, one document for each platform (the default), or the bytes that buildctl build reads.")
    private Format format = Format.JSON;

    /** For people and programs, or for BuildKit's client. */
    enum Format {
        JSON,
        PROTO
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        BuildRequest request = options.request();
        try (Slipway slipway = UserConfig.open()) {
            Map<Platform, Conversion> conversions = slipway.convert(request);
            if (format == Format.PROTO) {
                if (conversions.size() > 1) {
                    throw new UsageException("--format proto: a definition has one result; name one --platform");
                }
                System.out.write(
                        conversions.values().iterator().next().definition().encoded());
                System.out.flush();
                return 0;
            }
            Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
            for (Map.Entry<Platform, Conversion> entry : conversions.entrySet()) {
                Conversion conversion = entry.getValue();
                out.write(DefinitionJson.write(
                        entry.getKey(),
                        conversion.definition(),
                        conversion.image().toJson()));
                out.write(System.lineSeparator());
            }
            out.flush();
        }
        return 0;
    }
}
