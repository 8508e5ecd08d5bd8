/**
 * Paths inside images, as text: the frontend has no files. {@link dev.slipway.executor.text.SlashPath} knows paths of any
 * system once they are written with slashes, {@link dev.slipway.frontend.path.SystemPath} the rules of an image's own system.
 */
@NullMarked
package dev.slipway.frontend.path;

import org.jspecify.annotations.NullMarked;
