package dev.slipway.policy;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.SourceOp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A source policy of BuildKit: rules that allow, deny or replace sources, by their identifiers, such as {@code
 * docker-image://docker.io/library/alpine:3.22}, {@code https://example.com/file} or {@code git://github.com/owner/repository.git#main}.
 *
 * <p>Of several rules that allow or deny a source the last one counts; a source that no rule matches is allowed. A rule that replaces
 * it begins the policy anew with what it is replaced by.
 */
public final class SourcePolicy {

    /** As many replacements of one source as BuildKit takes for a loop. */
    private static final int MAX_REPLACEMENTS = 20;

    private final List<Rule> rules;

    SourcePolicy(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads a policy.
     *
     * @param json as BuildKit's {@code buildctl --source-policy-file} takes it
     * @throws IllegalArgumentException if it is no policy, or has a field that BuildKit does not know
     */
    public static SourcePolicy parse(byte[] json) {
        return PolicyJson.read(requireNonNull(json, "json is null"));
    }

    /**
     * Reads a policy from a file.
     *
     * @throws IllegalArgumentException if the file cannot be read, or is no policy
     */
    public static SourcePolicy read(Path file) {
        try {
            return parse(Files.readAllBytes(requireNonNull(file, "file is null")));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("the source policy " + file + " does not exist", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the source policy " + file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("source policy " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * What a build uses in place of a source: the source itself unless a rule replaces it.
     *
     * @throws SourceDeniedException if it may not be used
     */
    public SourceOp apply(SourceOp source) {
        SourceOp current = requireNonNull(source, "source is null");
        for (int i = 0; i <= MAX_REPLACEMENTS; i++) {
            Optional<SourceOp> replaced = evaluate(current);
            if (replaced.isEmpty()) {
                return current;
            }
            current = replaced.get();
        }
        throw new SourceDeniedException("the source policy replaces " + source.identifier()
                + " without end: too many mutations on a single source; let its rules lead somewhere");
    }

    /** One round: what replaces the source; nothing if it may be used as it is. */
    private Optional<SourceOp> evaluate(SourceOp source) {
        boolean denied = false;
        for (Rule rule : rules) {
            if (!rule.selector().matches(source)) {
                continue;
            }
            switch (rule.action()) {
                case ALLOW -> denied = false;
                case DENY -> denied = true;
                case CONVERT -> {
                    SourceOp converted = rule.convert(source);
                    if (!converted.equals(source)) {
                        return Optional.of(converted);
                    }
                }
            }
        }
        if (denied) {
            throw new SourceDeniedException("source \"" + source.identifier() + "\" denied by policy");
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourcePolicy policy && rules.equals(policy.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    @Override
    public String toString() {
        return "SourcePolicy[" + rules.size() + " rules]";
    }
}
