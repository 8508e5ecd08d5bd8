package dev.slipway.benchmark.jib;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;

/**
 * Builds the image of the context {@code java100} with Jib, once for each line of the standard input: context, base image, cache,
 * type of the output and its place, with tabs between them. It answers each with a line, which is {@code done} if all went well.
 */
public final class JibServer {

    private static final AbsoluteUnixPath HOME = AbsoluteUnixPath.get("/app");

    private JibServer() {}

    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(line.split("\t")));
        }
        System.exit(0);
    }

    private static String answer(String[] job) throws InterruptedException {
        try {
            build(Path.of(job[0]), job[1], Path.of(job[2]), job[3], job[4]);
            return "done";
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return e.toString().replace('\n', ' ');
        }
    }

    private static void build(Path context, String base, Path cache, String type, String place) throws Exception {
        JibContainerBuilder image = Jib.from(base)
                .addFileEntriesLayer(layer("lib", context.resolve("lib"), HOME.resolve("lib")))
                .addFileEntriesLayer(layer("conf", context.resolve("conf"), HOME.resolve("conf")))
                .addFileEntriesLayer(layer("application", context.resolve("app.jar"), HOME.resolve("app.jar")))
                .setWorkingDirectory(HOME)
                .setFormat(ImageFormat.OCI)
                .setEntrypoint("java", "-cp", "/app/lib/*:/app/app.jar", "Main");
        Containerizer output = type.equals("image")
                ? Containerizer.to(RegistryImage.named(place))
                : Containerizer.to(TarImage.at(Path.of(place)).named("app"));
        image.containerize(output.setBaseImageLayersCache(cache.resolve("base"))
                .setApplicationLayersCache(cache.resolve("application"))
                .setAllowInsecureRegistries(true));
    }

    private static FileEntriesLayer layer(String name, Path from, AbsoluteUnixPath to) throws Exception {
        return FileEntriesLayer.builder()
                .setName(name)
                .addEntryRecursive(from, to)
                .build();
    }
}
