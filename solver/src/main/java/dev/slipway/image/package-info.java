/**
 * The config of an image as the Dockerfile frontend reads it from a base image and writes it for a result: every field that
 * Docker knows by name, and the rest untouched. The JSON is the reference's byte for byte.
 */
package dev.slipway.image;
