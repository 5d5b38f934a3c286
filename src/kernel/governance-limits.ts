/** The bounds of information governance. Part of `limits`. */
export const governanceLimits = {
  /** Items of a working list on one page. */
  governancePageMax: 50,
  /** Versions of one item that its timeline shows, the newest. */
  governanceTimelineMax: 200,
  /** Notes on one item; a further one is refused. */
  governanceNotesMax: 500,
  /** Holidays that the hospital adds to those of the law; further ones are refused. */
  governanceHolidaysMax: 200,
} as const;
