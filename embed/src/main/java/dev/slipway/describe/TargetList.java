package dev.slipway.describe;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.parser.text.LosslessUtf8;
import dev.slipway.parser.text.SourceRange;
import java.util.List;

/**
 * The stages that can be built.
 *
 * @param targets the stages, in the order of the file
 * @param file the Dockerfile
 */
public record TargetList(List<Target> targets, SourceFile file) {

    public TargetList {
        targets = List.copyOf(requireNonNull(targets, "targets is null"));
        requireNonNull(file, "file is null");
    }

    /**
     * A stage.
     *
     * @param name its name; empty if it has none
     * @param isDefault whether it is built by default
     * @param description the comment above it, or empty
     * @param base its base, as written
     * @param platform its {@code --platform} as written, or empty
     * @param ranges the lines where it starts
     */
    public record Target(
            String name,
            boolean isDefault,
            String description,
            String base,
            String platform,
            List<SourceRange> ranges) {

        public Target {
            name = LosslessUtf8.repair(name);
            description = LosslessUtf8.repair(description);
            base = LosslessUtf8.repair(base);
            platform = LosslessUtf8.repair(platform);
            ranges = List.copyOf(requireNonNull(ranges, "ranges is null"));
        }
    }

    /** BuildKit's {@code frontend.targets} result. */
    public String toJson() {
        return DescriptionJson.write(json -> json.targets(this));
    }

    /** The stages as a table for people. */
    public String toText() {
        TextTable table = new TextTable(1);
        table.row("TARGET", "DESCRIPTION");
        for (Target target : targets) {
            String name = target.isDefault() ? (target.name() + " (default)").strip() : target.name();
            table.row(name, target.description());
        }
        return table.toString();
    }
}
