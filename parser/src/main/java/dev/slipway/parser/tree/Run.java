package dev.slipway.parser.tree;

import java.util.List;
import java.util.Optional;

/**
 * {@code RUN}.
 *
 * @param statement how and where it was written
 * @param command the command line
 * @param heredocs in order of their markers; empty in JSON form
 * @param script the heredoc that is the whole command, as in {@code RUN <<EOF}: its body is what runs. Other heredocs
 *     belong to the command line in which they stand
 * @param mounts the values of {@code --mount}, in order
 * @param network {@code --network}
 * @param security {@code --security}
 * @param devices the values of {@code --device}, in order
 */
public record Run(
        Statement statement,
        CommandLine command,
        List<Heredoc> heredocs,
        Optional<Heredoc> script,
        List<Mount> mounts,
        Network network,
        Security security,
        List<Device> devices)
        implements Instruction {

    public Run {
        heredocs = List.copyOf(heredocs);
        mounts = List.copyOf(mounts);
        devices = List.copyOf(devices);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitRun(this);
    }

    /** The values of {@code --network}. */
    public enum Network {
        DEFAULT,
        NONE,
        HOST
    }

    /** The values of {@code --security}. */
    public enum Security {
        SANDBOX,
        INSECURE
    }

    /**
     * The value of a {@code --mount}, unexpanded. What its fields mean is known only after expansion.
     *
     * @param text the whole value
     * @param fields its comma-separated fields, in order
     */
    public record Mount(String text, List<Field> fields) {

        public Mount {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A field of a {@code --mount}.
     *
     * @param text the whole field
     * @param key what stands before the first {@code =}, in lower case
     * @param value what stands after it, if there is one
     */
    public record Field(String text, String key, Optional<String> value) {}

    /**
     * The value of a {@code --device}.
     *
     * @param name the device; may be empty
     * @param required whether the build fails without it
     */
    public record Device(String name, boolean required) {}
}
