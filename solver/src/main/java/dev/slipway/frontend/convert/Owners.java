package dev.slipway.frontend.convert;

import dev.slipway.frontend.value.GoNumbers;
import dev.slipway.llb.FileAction.Owner;
import dev.slipway.llb.FileAction.UserId;
import dev.slipway.llb.FileAction.UserName;
import dev.slipway.llb.FileAction.UserReference;
import java.util.Optional;

/** Owners as {@code --chown} and USER write them: {@code user} or {@code user:group}, each a name or a number. */
final class Owners {

    private static final String ROOT = "root";

    private Owners() {}

    /**
     * Reads an owner. If nothing precedes the colon, the user is root.
     *
     * @param input where names are looked up
     */
    static Owner parse(String text, int input) {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        Optional<UserReference> group =
                colon < 0 ? Optional.empty() : Optional.of(reference(text.substring(colon + 1), input));
        return new Owner(Optional.of(reference(user, input)), group);
    }

    private static UserReference reference(String text, int input) {
        if (text.isEmpty() || text.equals(ROOT)) {
            return new UserId(0);
        }
        Optional<Long> number = GoNumbers.int64(text).filter(id -> id == id.intValue());
        return number.isPresent() ? new UserId(number.get().intValue()) : new UserName(text, input);
    }
}
