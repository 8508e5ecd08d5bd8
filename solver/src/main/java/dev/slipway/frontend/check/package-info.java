/**
 * The build checks that need more than the text of a Dockerfile: values of variables, resolved images, ignored files. One class
 * for each check; names, texts and conditions are BuildKit's.
 */
@NullMarked
package dev.slipway.frontend.check;

import org.jspecify.annotations.NullMarked;
