/** The bounds of signing in with a second factor, and of sessions as their owners see them. Part of `limits`. */
export const identityLimits = {
  /** How long a code of an authenticator app stands. Source: RFC 6238 §5.2. */
  totpStepMs: 30_000,
  /** Steps that a clock may be off, before and after; a code further off is wrong. */
  totpDriftSteps: 1,
  /** How long the second step of a sign-in may take; then the password is asked for again. */
  secondStepMs: 5 * 60_000,
  /** How long setting up a second factor may take; then it begins anew. */
  factorSetUpMs: 15 * 60_000,
  /** How long after signing in, or giving the password again, a person may change how they sign in. */
  proofMs: 10 * 60_000,
  /** Recovery codes that a person has at once. */
  recoveryCodes: 10,
  /** Passkeys of one person; a further one is refused as a conflict. */
  passkeysMax: 10,
  /** Challenges of passkeys that were answered and are remembered until they are too old; beyond it, wait a moment. */
  usedChallengesMax: 50,
  /** Sessions of one person that are listed or ended at once, the newest. */
  sessionsListedMax: 200,
} as const;
