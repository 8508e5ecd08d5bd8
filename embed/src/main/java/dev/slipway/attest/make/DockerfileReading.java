package dev.slipway.attest.make;

import dev.slipway.context.load.LoadedContext;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Edge;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import dev.slipway.oci.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How BuildKit reads the Dockerfile of a build: from the context, if that is not the client's, or from a folder of the client. */
final class DockerfileReading {

    private static final String USUAL = "Dockerfile";

    private DockerfileReading() {}

    static Definition of(LoadedContext context) {
        return context.hasOwnDockerfile()
                ? Frontend.definition(context.main())
                : ofFolder(context.file().name());
    }

    private static Definition ofFolder(String name) {
        List<String> paths = new ArrayList<>(List.of(name, name + ".dockerignore"));
        if (name.equals(USUAL)) {
            paths.add("dockerfile");
        }
        SourceOp folder = SourceOp.of(
                "local://dockerfile",
                Map.of(
                        "local.differ", "none",
                        "local.followpaths", JsonWriter.go().value(paths).toString(),
                        "local.sharedkeyhint", "dockerfile"));
        return Definition.of(new Edge(Vertex.of(folder, List.of(), Optional.empty(), VertexMetadata.EMPTY), 0));
    }
}
