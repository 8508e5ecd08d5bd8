package dev.slipway.describe;

import dev.slipway.describe.TargetList.Target;
import dev.slipway.frontend.Outline;
import dev.slipway.frontend.Outline.Need;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.oci.json.JsonWriter;
import dev.slipway.parser.check.Warning;
import dev.slipway.parser.text.SourceRange;
import java.util.List;

/** The JSON of the reference's requests about a Dockerfile, indented by two blanks. What is empty is left out. */
final class DescriptionJson {

    private final JsonWriter json;

    private DescriptionJson(JsonWriter json) {
        this.json = json;
    }

    /** Writes the members of the document. */
    interface Members {
        void write(DescriptionJson json);
    }

    static String write(Members members) {
        JsonWriter json = JsonWriter.readable().startObject();
        members.write(new DescriptionJson(json));
        return json.endObject().toString();
    }

    void targets(TargetList list) {
        json.startArray("targets");
        for (Target target : list.targets()) {
            json.startObject();
            text("name", target.name());
            if (target.isDefault()) {
                json.member("default", true);
            }
            text("description", target.description());
            text("base", target.base());
            text("platform", target.platform());
            location(target.ranges());
            json.endObject();
        }
        json.endArray();
        sources(list.file());
    }

    void outline(TargetOutline target) {
        Outline outline = target.outline();
        text("name", outline.name());
        text("description", outline.description());
        if (!outline.arguments().isEmpty()) {
            json.startArray("args");
            for (Outline.Argument argument : outline.arguments()) {
                json.startObject();
                json.member("name", argument.name());
                text("description", argument.description());
                text("value", argument.value());
                location(argument.ranges());
                json.endObject();
            }
            json.endArray();
        }
        needs("secrets", outline.secrets());
        needs("ssh", outline.agents());
        sources(target.file());
    }

    void checks(CheckReport report) {
        if (report.warnings().isEmpty()) {
            json.member("warnings", null);
        } else {
            json.startArray("warnings");
            for (Warning warning : report.warnings()) {
                json.startObject();
                json.member("ruleName", warning.rule().name());
                text("description", warning.rule().description());
                text("url", warning.rule().url());
                text("detail", warning.detail());
                location(warning.ranges());
                json.endObject();
            }
            json.endArray();
        }
        json.startArray("sources");
        json.startObject();
        json.member("filename", report.file().name());
        json.member("data", report.file().data());
        json.member("language", report.file().language());
        json.endObject();
        json.endArray();
        if (report.failure().isPresent()) {
            json.startObject("buildError");
            json.member("message", report.failure().get().message());
            location(report.failure().get().ranges());
            json.endObject();
        }
    }

    private void needs(String name, List<Need> needs) {
        if (needs.isEmpty()) {
            return;
        }
        json.startArray(name);
        for (Need need : needs) {
            json.startObject();
            json.member("name", need.id());
            if (need.required()) {
                json.member("required", true);
            }
            location(need.ranges());
            json.endObject();
        }
        json.endArray();
    }

    private void sources(SourceFile file) {
        json.member("sources", List.of(file.data()));
    }

    private void location(List<SourceRange> ranges) {
        if (ranges.isEmpty()) {
            return;
        }
        json.startObject("location");
        json.startArray("ranges");
        for (SourceRange range : ranges) {
            json.startObject();
            position("start", range.startLine(), range.startCharacter());
            position("end", range.endLine(), range.endCharacter());
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    private void position(String name, int line, int character) {
        json.startObject(name);
        json.member("line", line);
        if (character != 0) {
            json.member("character", character);
        }
        json.endObject();
    }

    private void text(String name, String value) {
        if (!value.isEmpty()) {
            json.member(name, value);
        }
    }
}
