/**
 * The image config of a stage on its way, with its environment and its history.
 */
package dev.slipway.frontend.image;
