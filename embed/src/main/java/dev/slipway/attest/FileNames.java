package dev.slipway.attest;

/** Names of files that are written into a folder. */
final class FileNames {

    private FileNames() {}

    static void check(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    "filename is '" + name + "'; write the name of a file, without a folder");
        }
    }
}
