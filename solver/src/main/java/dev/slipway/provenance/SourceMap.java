package dev.slipway.provenance;

import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Definition;
import dev.slipway.llb.SourceLocation;
import dev.slipway.llb.SourceLocation.Range;
import dev.slipway.llb.SourceLocation.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Dockerfile, how it was read, and the lines that each step comes from. */
final class SourceMap {

    private SourceMap() {}

    /**
     * The source of a build with one Dockerfile.
     *
     * @param reading how the folder of the Dockerfile is made
     */
    static Map<String, Object> of(SourceFile file, Definition reading, BuildSteps steps) {
        BuildSteps read = BuildSteps.of(reading);
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("filename", file.name());
        info.put("language", file.language());
        info.put("data", withoutCredentials(file.data()));
        info.put("llbDefinition", read.definition());
        info.put("digestMapping", read.digests());
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("locations", steps.locations());
        source.put("infos", List.of(info));
        return source;
    }

    /** Columns stay where they are. */
    private static Bytes withoutCredentials(Bytes data) {
        String text = new String(data.toArray(), StandardCharsets.ISO_8859_1);
        return Bytes.of(UrlCredentials.redactInPlace(text).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** There is only one file, so places do not name it. */
    static Map<String, Object> locations(List<SourceLocation> locations) {
        return new GoMembers()
                .list(
                        "locations",
                        locations.stream()
                                .map(location -> new GoMembers()
                                        .list(
                                                "ranges",
                                                location.ranges().stream()
                                                        .map(SourceMap::range)
                                                        .toList())
                                        .toMap())
                                .toList())
                .toMap();
    }

    private static Map<String, Object> range(Range range) {
        return new GoMembers()
                .with("start", position(range.startLine(), range.startCharacter()))
                .with("end", position(range.endLine(), range.endCharacter()))
                .toMap();
    }

    private static Map<String, Object> position(int line, int character) {
        return new GoMembers()
                .number("line", line)
                .number("character", character)
                .toMap();
    }
}
