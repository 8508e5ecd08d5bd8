/**
 * Where a build finds files that no stage makes: the main context, and those that the caller gave names.
 */
package dev.slipway.frontend.context;
