/** Images: what is taken in, kept and asked for. Part of `limits`. */
export const imagingLimits = {
  /** Of an object that are held in memory to find its header; what stands behind them is not indexed. */
  imageHeaderBytesMax: 16 * 1024 * 1024,
  /** Objects up to this are kept in the database, beside their row: a file for each would cost more than they do. */
  imageSmallBytesMax: 16 * 1024,
  /** Bytes of an object that wait for the disk; its sender waits meanwhile. */
  imageWritingBytesMax: 4 * 1024 * 1024,
  /** Objects being received at once; a further one is refused as busy. */
  imagesReceivingMax: 512,
  /** Objects that share a commit of the index at most. */
  imageCommitObjectsMax: 200,
  /** Commits of the index that are on their way at once. */
  imageCommitsAtOnceMax: 4,
  /** Rows of one answer to a search. */
  imageRowsMax: 1_000,
  /** Objects read from the index in one statement. */
  imageInstancesPageMax: 1_000,
  /** Studies written into the record in one round of the worker that follows the index. */
  imageChangesTakenMax: 50,
  /** Reading or sending one study is one entry of the audit log for so long. */
  imageAccessMs: 10 * 60_000,
  /** Readings and sendings under way that are remembered; what is forgotten is entered again. */
  imageAccessesRememberedMax: 10_000,
  /** From the end of one filing of changed studies to the next. */
  imageFilingMs: 1_000,
  /** Rules of where studies go; further ones are not followed. */
  imageRoutesMax: 200,
  /** Objects sent on one association before it is written down how far it has come. */
  imagesSentTogetherMax: 100,
  /** From one look at what waits to be sent to the next. */
  imageSendRoundMs: 1_000,
  /** Nodes that are sent to at once. */
  imageSendsAtOnceMax: 4,
  /** Studies of one patient that are sent ahead. */
  imagePriorsMax: 50,
  /** DICOM nodes that are known; a further one is refused. */
  nodesMax: 500,
  /** How long what is known of them is held. */
  nodesHeldMs: 2_000,
  /** Studies looked at in one round for having been moved, or for matching nobody. */
  imageMovesMax: 100,
  /** From one look at moved studies to the next. */
  imageMovesMs: 2_000,
  /** From one try of unmatched studies to the next. */
  imageRetryMs: 60_000,
  /** A study whose sender has been quiet for so long is filed. */
  imageQuietMs: 1_000,
  /** One whose sender is not quiet is filed after this. */
  imageFilingDueMs: 15_000,
  /** A study of more objects does not list them in its ImagingStudy, only its series. */
  imagingStudyInstancesMax: 1_000,
  /** Patients, and orders, that are looked at to find out whom a study is about. */
  studyCandidatesMax: 10,
  /** From the end of one look at changed orders to the next. */
  worklistRoundMs: 1_000,
  /** Changed orders, or studies, that one round follows at least before it ends. */
  worklistRoundMax: 1_000,
  /** Steps of the worklist that one query looks at; further ones are not found. */
  worklistStepsMax: 10_000,
  /** Objects under the UID of another that are listed. */
  imageTwinsListedMax: 500,
  /** Series with hidden objects that are listed; those before them are shown again or found by their study. */
  imageHiddenListedMax: 500,
  /** For a node's answer at its web address, besides the time for sending. */
  stowAnswerMs: 60_000,
  /** Bytes a millisecond that a node must take at its web address at least. */
  stowBytesAMs: 250,
  /** Rules of how long studies are kept; further ones are not followed, and are refused. */
  imageRetentionRulesMax: 100,
  /** Studies on one page of what the rules would delete, and counted before it is written down how many. */
  imageJudgedAtOnce: 50,
  /** Studies that a deletion by rule erases before it is written down how far it has come. */
  imagesDisposedAtOnce: 20,
  /** From one look at deletions by rule to the next. */
  imageDisposalRoundMs: 2_000,
  /** From one asking of second archives whether they have committed to what is to be deleted to the next. */
  imageSecondArchiveAskMs: 30_000,
  /** What no second archive has committed to for so long after a deletion was agreed on stays. */
  imageSecondArchiveWaitMs: 24 * 60 * 60_000,
  /** Commitments to nodes that a start goes on telling; the oldest first. */
  commitmentsResumedMax: 1_000,
} as const;
