package dev.slipway.oci.output;

/** The order in which files are walked. */
final class WalkOrder {

    private WalkOrder() {}

    /** Compares names of folders first: the content of a folder comes right after it, before any other name. */
    static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return a == '/' ? -1 : b == '/' ? 1 : Character.compare(a, b);
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
