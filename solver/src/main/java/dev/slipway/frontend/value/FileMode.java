package dev.slipway.frontend.value;

import dev.slipway.llb.ModeChange;
import java.util.Optional;

/**
 * The value of {@code --chmod}.
 *
 * @param bits permission bits, 0 where the mode is symbolic
 * @param symbolic a mode such as {@code u+x,go=rX}, or empty
 */
public record FileMode(int bits, String symbolic) {

    private static final int MAX = 07777;

    /**
     * Reads an octal or symbolic mode.
     *
     * @throws IllegalArgumentException if this is not a mode
     */
    public static FileMode parse(String text) {
        Optional<Long> octal = GoNumbers.parseUint32(text, 8);
        if (octal.isPresent() && octal.get() <= MAX) {
            return new FileMode(octal.get().intValue(), "");
        }
        if (octal.isPresent() || !text.isEmpty() && Character.isDigit(text.charAt(0)) && text.charAt(0) < 128) {
            throw new IllegalArgumentException(
                    "invalid chmod parameter: '" + text + "'. it should be octal string and between 0 and 07777");
        }
        ModeChange.parse(text);
        return new FileMode(0, text);
    }
}
