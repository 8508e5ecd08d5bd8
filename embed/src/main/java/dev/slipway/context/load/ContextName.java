package dev.slipway.context.load;

import dev.slipway.caller.RefusedException;
import dev.slipway.frontend.NamedContext;
import dev.slipway.llb.Platform;
import java.util.List;

/** The names of contexts as users write them: {@code NAME} or {@code NAME::PLATFORM}. */
final class ContextName {

    private static final String FOR = "::";

    private ContextName() {}

    /** The name by which the frontend looks for it. */
    static String of(String written) {
        int at = written.indexOf(FOR);
        String name = at < 0 ? written : written.substring(0, at);
        try {
            String usual = NamedContext.usualName(name);
            return at < 0 ? usual : usual + FOR + platform(written.substring(at + FOR.length()));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "invalid build context name " + written + ": " + e.getMessage()
                            + "; use the name of an image or a stage, in lower case, and add ::PLATFORM if it is for one platform",
                    List.of(),
                    e);
        }
    }

    private static String platform(String written) {
        return Platform.parse(written).normalized().formatAll();
    }
}
