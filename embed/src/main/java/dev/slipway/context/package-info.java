/** Where a build finds its files and its Dockerfile. */
package dev.slipway.context;
