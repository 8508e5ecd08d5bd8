/** What a build says about its images beside them: how they were made, and what is inside. Nothing is said unless asked for. */
package dev.slipway.attest;
