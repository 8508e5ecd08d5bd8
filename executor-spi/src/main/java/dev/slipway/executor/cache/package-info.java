/** What an executor keeps for later builds: what is there, and how it is removed. */
package dev.slipway.executor.cache;
