/** The bounds of what patients said about who may see their record, and of national data opt-outs. Part of `limits`. */
export const consentLimits = {
  /** Consents with a denial that a process holds in memory; with more, nothing of any patient is shown until it holds them all. */
  consentsHeldMax: 250_000,
  /** Values and joints of what all Consents of one patient deny together; beyond it everything of the patient is denied. */
  consentPartSizeMax: 500,
  /** What stands below the codes that Consents name is looked up anew after so long, as a terminology may be loaded meanwhile. */
  consentCodesHeldMs: 600_000,
  /** The same where some could not be looked up; until then whatever could be meant is denied. */
  consentCodesRetryMs: 5_000,
  /** Different askers (roles, purpose and who they are) for whom it is held what is denied; the oldest is worked out anew. */
  consentAskersMax: 200,
  /** How long another process's Consent may take to count here; its feed is looked at this often while something changes. */
  consentFollowMs: 250,
  /** NHS numbers of one file of the check for national data opt-outs; one with more is refused. */
  optOutLinesMax: 1_000_000,
} as const;
