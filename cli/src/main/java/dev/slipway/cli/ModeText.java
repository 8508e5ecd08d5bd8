package dev.slipway.cli;

import dev.slipway.executor.image.FileEntry;

/** Type and permissions of a file as {@code ls -l} shows them. */
final class ModeText {

    private ModeText() {}

    static String of(FileEntry entry) {
        int mode = entry.mode();
        char[] text = "?rwxrwxrwx".toCharArray();
        text[0] = switch (entry.type()) {
            case FILE, HARD_LINK -> '-';
            case DIRECTORY, OPAQUE -> 'd';
            case SYMLINK -> 'l';
            case CHARACTER_DEVICE, WHITEOUT -> 'c';
            case BLOCK_DEVICE -> 'b';
            case FIFO -> 'p';
        };
        for (int bit = 0; bit < 9; bit++) {
            if ((mode & 0400 >> bit) == 0) {
                text[bit + 1] = '-';
            }
        }
        special(text, 3, mode & 04000, 's');
        special(text, 6, mode & 02000, 's');
        special(text, 9, mode & 01000, 't');
        return new String(text);
    }

    private static void special(char[] text, int place, int bit, char letter) {
        if (bit != 0) {
            text[place] = text[place] == '-' ? Character.toUpperCase(letter) : letter;
        }
    }
}
