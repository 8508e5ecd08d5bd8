/** Parser directives: the known {@code # name=value} lines at the top of a Dockerfile. */
package dev.slipway.parser.directive;
