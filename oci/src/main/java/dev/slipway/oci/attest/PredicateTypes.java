package dev.slipway.oci.attest;

/** The types of predicates. */
public final class PredicateTypes {

    public static final String SLSA_02 = "https://slsa.dev/provenance/v0.2";
    public static final String SLSA_1 = "https://slsa.dev/provenance/v1";
    public static final String SPDX = "https://spdx.dev/Document";

    private static final String SLSA = "https://slsa.dev/provenance/";

    private PredicateTypes() {}

    /** Whether this is provenance of any version. */
    public static boolean isProvenance(String predicateType) {
        return predicateType.startsWith(SLSA);
    }
}
