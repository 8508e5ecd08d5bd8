/** Text that comes from outside, made fit for messages: without credentials, and without power over a terminal. */
package dev.slipway.executor.text;
