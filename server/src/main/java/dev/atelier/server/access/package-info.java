/** Who may do what, how often: keys, scopes, rates, quotas, usage. */
package dev.atelier.server.access;
