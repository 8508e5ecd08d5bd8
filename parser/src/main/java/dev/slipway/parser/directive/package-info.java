/** Parser directives: the known {@code # name=value} lines at the top of a Dockerfile. */
@NullMarked
package dev.slipway.parser.directive;

import org.jspecify.annotations.NullMarked;
