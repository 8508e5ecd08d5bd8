/**
 * The small languages inside Dockerfiles and build options: git references, sizes, ports, modes, signals, limits. Each class
 * reads one of them by BuildKit's rules, and refuses the rest with BuildKit's text as an {@link IllegalArgumentException}.
 */
@NullMarked
package dev.slipway.frontend.value;

import org.jspecify.annotations.NullMarked;
