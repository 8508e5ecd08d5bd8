/**
 * Devices by their Container Device Interface names: which there are, and what a process has to be given for one. Their vendors
 * describe them in files in {@code /etc/cdi} and {@code /var/run/cdi}, in YAML or JSON.
 */
@NullMarked
package dev.slipway.local.cdi;

import org.jspecify.annotations.NullMarked;
