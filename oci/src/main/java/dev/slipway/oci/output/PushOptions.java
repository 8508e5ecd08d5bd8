package dev.slipway.oci.output;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import dev.slipway.oci.registry.RegistryClient;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The options of an output for pushing an image.
 *
 * @param isPushed whether it is pushed at all
 * @param targets where; one with neither tag nor digest is stored under its digest alone
 * @param insecure whether the certificates of the registries are not checked
 */
record PushOptions(boolean isPushed, List<ImageReference> targets, boolean insecure) {

    static final String PUSH = "push";

    private static final String BY_DIGEST = "push-by-digest";
    private static final String INSECURE = "registry.insecure";

    /** All options of a push. */
    static final SortedSet<String> NAMES =
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of(PUSH, BY_DIGEST, INSECURE)));

    PushOptions {
        targets = List.copyOf(targets);
    }

    /**
     * Reads the options of an output.
     *
     * @param names of the image
     * @throws InvalidOutputException if one has no meaning, or if there is no place to push to
     */
    static PushOptions of(Output output, List<ImageReference> names) {
        boolean isPushed = output.type().equals(ImageOutput.REGISTRY) || isSet(output, PUSH);
        boolean byDigest = isSet(output, BY_DIGEST);
        if (!isPushed) {
            return new PushOptions(false, List.of(), isSet(output, INSECURE));
        }
        if (names.isEmpty()) {
            throw new InvalidOutputException("tag is needed when pushing to registry; name the image");
        }
        List<ImageReference> targets = names.stream()
                .map(name -> byDigest ? repository(name) : target(name))
                .toList();
        return new PushOptions(true, targets, isSet(output, INSECURE));
    }

    /** A name to push to, with its tag. */
    static ImageReference target(ImageReference name) {
        if (name.digest().isPresent()) {
            throw new InvalidOutputException("can't push to " + name
                    + ": its digest is known when the image is made; write " + name.name() + ", with a tag or with "
                    + BY_DIGEST + "=true");
        }
        return name.withDefaultTag();
    }

    private static ImageReference repository(ImageReference name) {
        if (name.tag().isPresent() || name.digest().isPresent()) {
            throw new InvalidOutputException("can't push tagged ref " + name + " by digest; write " + name.name()
                    + ", or leave out " + BY_DIGEST);
        }
        return name;
    }

    /** The client for the registries. */
    RegistryClient through(RegistryClient usual) {
        return insecure
                ? usual.withoutVerifying(
                        targets.stream().map(ImageReference::domain).collect(Collectors.toSet()))
                : usual;
    }

    /** As in BuildKit, to name such an option is to want it. */
    static boolean isSet(Output output, String option) {
        return output.attributes().getOrDefault(option, "false").isEmpty() || output.flag(option, false);
    }
}
