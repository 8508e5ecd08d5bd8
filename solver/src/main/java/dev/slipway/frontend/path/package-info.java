/**
 * Paths inside images, as text: the frontend has no files. {@link dev.slipway.executor.text.SlashPath} knows paths of any
 * system once they are written with slashes, {@link dev.slipway.frontend.path.SystemPath} what an image's own system makes
 * of them.
 */
@NullMarked
package dev.slipway.frontend.path;

import org.jspecify.annotations.NullMarked;
