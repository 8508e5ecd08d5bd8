package dev.slipway.describe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.slipway.describe.TargetList.Target;
import dev.slipway.frontend.Outline;
import dev.slipway.frontend.Outline.Need;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.parser.check.Warning;
import dev.slipway.parser.text.SourceRange;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** The JSON of the reference's requests about a Dockerfile, indented by two blanks. What is empty is left out. */
final class DescriptionJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private DescriptionJson(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the members of the document. */
    interface Members {
        void write(DescriptionJson json) throws IOException;
    }

    static String write(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            generator.setPrettyPrinter(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(indenter)
                    .withArrayIndenter(indenter));
            generator.writeStartObject();
            members.write(new DescriptionJson(generator));
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written", e);
        }
        return text.toString();
    }

    void targets(TargetList list) throws IOException {
        json.writeArrayFieldStart("targets");
        for (Target target : list.targets()) {
            json.writeStartObject();
            text("name", target.name());
            if (target.isDefault()) {
                json.writeBooleanField("default", true);
            }
            text("description", target.description());
            text("base", target.base());
            text("platform", target.platform());
            location(target.ranges());
            json.writeEndObject();
        }
        json.writeEndArray();
        sources(list.file());
    }

    void outline(TargetOutline target) throws IOException {
        Outline outline = target.outline();
        text("name", outline.name());
        text("description", outline.description());
        if (!outline.arguments().isEmpty()) {
            json.writeArrayFieldStart("args");
            for (Outline.Argument argument : outline.arguments()) {
                json.writeStartObject();
                json.writeStringField("name", argument.name());
                text("description", argument.description());
                text("value", argument.value());
                location(argument.ranges());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        needs("secrets", outline.secrets());
        needs("ssh", outline.agents());
        sources(target.file());
    }

    void checks(CheckReport report) throws IOException {
        if (report.warnings().isEmpty()) {
            json.writeNullField("warnings");
        } else {
            json.writeArrayFieldStart("warnings");
            for (Warning warning : report.warnings()) {
                json.writeStartObject();
                json.writeStringField("ruleName", warning.rule().name());
                text("description", warning.rule().description());
                text("url", warning.rule().url());
                text("detail", warning.detail());
                location(warning.ranges());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeArrayFieldStart("sources");
        json.writeStartObject();
        json.writeStringField("filename", report.file().name());
        json.writeBinaryField("data", report.file().data().toArray());
        json.writeStringField("language", report.file().language());
        json.writeEndObject();
        json.writeEndArray();
        if (report.failure().isPresent()) {
            json.writeObjectFieldStart("buildError");
            json.writeStringField("message", report.failure().get().message());
            location(report.failure().get().ranges());
            json.writeEndObject();
        }
    }

    private void needs(String name, List<Need> needs) throws IOException {
        if (needs.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (Need need : needs) {
            json.writeStartObject();
            json.writeStringField("name", need.id());
            if (need.required()) {
                json.writeBooleanField("required", true);
            }
            location(need.ranges());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void sources(SourceFile file) throws IOException {
        json.writeArrayFieldStart("sources");
        json.writeBinary(file.data().toArray());
        json.writeEndArray();
    }

    private void location(List<SourceRange> ranges) throws IOException {
        if (ranges.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("location");
        json.writeArrayFieldStart("ranges");
        for (SourceRange range : ranges) {
            json.writeStartObject();
            position("start", range.startLine(), range.startCharacter());
            position("end", range.endLine(), range.endCharacter());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void position(String name, int line, int character) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("line", line);
        if (character != 0) {
            json.writeNumberField("character", character);
        }
        json.writeEndObject();
    }

    private void text(String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }
}
