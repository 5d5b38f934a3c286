/** The bounds of noticing what did not arrive over links. Part of `limits`. */
export const watchLimits = {
  /** How long after the start the first look is taken: senders must have had time to come back. */
  watchFirstMs: 120_000,
  /** The least time between two looks at what did not arrive. */
  watchRoundMs: 30_000,
  /** How soon after a delivery was parked its alert is written; further ones meanwhile share the look. */
  watchToldMs: 1_000,
  /** Weeks that must be known of an hour of the week before silence in it is judged; until then the link is learning. */
  watchWeeksMin: 3,
  /** Weeks that are remembered of an hour of the week; older ones are forgotten. */
  watchWeeksMax: 12,
  /** Hours of a link that are learnt in one commit; the rest follows in the next look. */
  watchHoursLearntMax: 168,
  /** Messages that must be missing before a link counts as silent. */
  watchMissedMin: 7,
  /** A shorter silence is none, however busy the link. */
  watchSilenceMsMin: 15 * 60_000,
  /** How far back missing messages are counted; a longer silence is judged by its last part. */
  watchLookBackMs: 14 * 24 * 60 * 60_000,
  /** Messages that are followed in one commit. */
  watchMessagesMax: 500,
  /** Such commits of one look; while there are more messages, late results and gaps are not judged. */
  watchCommitsMax: 100,
  /** A gap in sequence numbers that is closed within this time is none: messages come on several connections. */
  watchGapGraceMs: 60_000,
  /** A gap that is not closed by then is no longer waited for. */
  watchGapMsMax: 24 * 60 * 60_000,
  /** Gaps of one sender that are remembered; the oldest are forgotten. */
  watchGapsMax: 50,
  /** A number this far below the last one is a repetition; one further below means that the sender has begun anew. */
  watchRepeatMax: 100,
  /** Orders without results that are looked at at once; while there are more, no alert about them ends. */
  watchOverdueMax: 10_000,
  /** An order without a result is no longer waited for when it is this late. */
  watchGiveUpMs: 14 * 24 * 60 * 60_000,
  /** A delivery that has waited this long for its answer is unanswered. */
  watchUnansweredMs: 15 * 60_000,
  /** A committed message that has waited this long to be mapped is alerted on. */
  watchUnmappedMs: 5 * 60_000,
  /** Alerts that are open at once; further ones wait until some have ended. */
  watchAlertsOpenMax: 1_000,
  /** Examples that an alert or a count names. */
  watchExamplesMax: 5,
} as const;
