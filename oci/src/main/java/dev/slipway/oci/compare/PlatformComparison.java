package dev.slipway.oci.compare;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.PlatformNotFoundException;
import dev.slipway.oci.inspect.InspectedImage;
import dev.slipway.oci.inspect.Inspection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The images of one platform, compared.
 *
 * @param name the platform, or both if two platforms are compared
 * @param before the manifest of the first image, if it is there
 * @param after the manifest of the second image, if it is there
 * @param differences what is different; none if one is missing
 */
public record PlatformComparison(
        String name, Optional<Digest> before, Optional<Digest> after, List<Difference> differences) {

    public PlatformComparison {
        requireNonNull(name, "name is null");
        requireNonNull(before, "before is null");
        requireNonNull(after, "after is null");
        differences = List.copyOf(differences);
    }

    /** Whether nothing is different. */
    public boolean isSame() {
        return differences.isEmpty() && before.isPresent() && after.isPresent();
    }

    /** The same without minor changes. */
    public PlatformComparison major() {
        return new PlatformComparison(name, before, after, ImageComparison.major(differences));
    }

    /** Two images, whatever their platforms. */
    public static PlatformComparison of(InspectedImage before, InspectedImage after) throws IOException {
        String one = before.platform().formatAll();
        String other = after.platform().formatAll();
        return new PlatformComparison(
                one.equals(other) ? one : one + " and " + other,
                Optional.of(before.image().descriptor().digest()),
                Optional.of(after.image().descriptor().digest()),
                ImageComparison.of(before.image(), after.image()));
    }

    /**
     * Compares all platforms of two indexes. Two single images are compared whatever their platforms.
     *
     * @param wanted the platforms to compare; none for all
     * @throws PlatformNotFoundException if neither image has a wanted platform
     */
    public static List<PlatformComparison> of(Inspection before, Inspection after, List<Platform> wanted)
            throws IOException {
        if (wanted.isEmpty() && isSingle(before) && isSingle(after)) {
            return List.of(of(before.images().get(0), after.images().get(0)));
        }
        List<PlatformComparison> comparisons = new ArrayList<>();
        for (Platform platform : wanted.isEmpty() ? all(before, after) : wanted) {
            Optional<InspectedImage> one = find(before, platform);
            Optional<InspectedImage> other = find(after, platform);
            if (one.isPresent() && other.isPresent()) {
                comparisons.add(of(one.get(), other.get()));
            } else if (one.isPresent() || other.isPresent()) {
                comparisons.add(new PlatformComparison(platform.formatAll(), digest(one), digest(other), List.of()));
            } else {
                before.image(platform); // The message lists those that exist.
            }
        }
        return comparisons;
    }

    private static boolean isSingle(Inspection inspection) {
        return inspection.index().isEmpty() && inspection.images().size() == 1;
    }

    private static Set<Platform> all(Inspection before, Inspection after) {
        Set<Platform> platforms = new LinkedHashSet<>();
        before.images().forEach(image -> platforms.add(image.platform().normalized()));
        after.images().forEach(image -> platforms.add(image.platform().normalized()));
        return platforms;
    }

    private static Optional<InspectedImage> find(Inspection inspection, Platform platform) {
        Platform wanted = platform.normalized();
        return inspection.images().stream()
                .filter(image -> image.platform().normalized().equals(wanted))
                .findFirst();
    }

    private static Optional<Digest> digest(Optional<InspectedImage> image) {
        return image.map(found -> found.image().descriptor().digest());
    }
}
