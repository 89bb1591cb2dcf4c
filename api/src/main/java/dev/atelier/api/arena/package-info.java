/** The arena over HTTP: contenders, blind battles, votes, the leaderboard and promotions. */
package dev.atelier.api.arena;
