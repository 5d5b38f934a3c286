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
  /** Documents about one patient that a subject access request gathers; with more it is refused, and says so. */
  disclosureEntriesMax: 50_000,
  /** Of them on one sheet of the review. */
  disclosureSheetMax: 200,
  /** Documents that are read at once to gather or to pack them. */
  disclosurePageMax: 200,
  /** Passages withheld of one document; a further one is refused: withhold the document. */
  disclosurePassagesMax: 100,
  /** Characters of a document's text that the printed pack shows; the rest is in the FHIR file, and the print says so. */
  packTextCharactersMax: 20_000,
  /** Entries of the log that a pack tells who looked from, the newest; the print says where it ends. */
  packLookedMax: 20_000,
  /** One part of a pack as it is kept. */
  packPartBytes: 4 * 1024 * 1024,
  /** A whole pack; a larger one fails, and says so: give it in spans of time. */
  packBytesMax: 2 * 1024 * 1024 * 1024,
  /** Packs being made at once in a process; the others wait their turn. */
  packsUnderWayMax: 2,
  /** How often packs that another process has left are looked for. */
  packPollMs: 5_000,
  /** Open items, and all items, that a home page and the evidence count; beyond it the oldest are left out. */
  governanceOpenMax: 20_000,
  /** Documents whose versions lose their content in one commit, when their record is erased. */
  erasureDocumentsAtOnce: 200,
  /** Documents that one decision erases; with more it is stopped, and says so. */
  erasureDocumentsMax: 100_000,
  /** How often decisions that another process has left are looked for. */
  erasurePollMs: 5_000,
  /** Patients whose retention is worked out on one page. */
  retentionRowsMax: 25,
} as const;
