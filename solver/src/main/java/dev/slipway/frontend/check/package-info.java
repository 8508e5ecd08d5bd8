/**
 * The build checks that need more than the text of a Dockerfile: values of variables, resolved images, ignored files. One
 * class a check; names, texts and conditions are BuildKit's.
 */
package dev.slipway.frontend.check;
