/** The bounds of links: of HL7 v2, and of messages on their way in and out. Part of `limits`. */
export const linkLimits = {
  /** How often files of certificates are looked at; one that was renewed is used this late at most. */
  certificateLookMs: 10_000,
  /** How often certificates that expire soon are logged. */
  certificateExpiryLookMs: 24 * 60 * 60_000,
  /** A certificate expires soon when it does so within this time. */
  certificateSoonMs: 30 * 24 * 60 * 60_000,
  /** One MLLP frame; a larger one is refused with AR and its connection closed. */
  mllpFrameBytesMax: 50 * 1024 * 1024,
  /** A connection that sends nothing for this long in the middle of a frame is closed. */
  mllpIdleTimeoutMs: 60_000,
  /** A frame whose EB has come, and whose CR has not for this long, is taken as complete. */
  mllpSettleMs: 200,
  /** Segments of one HL7 v2 message; what follows is kept as one unread piece and reported. */
  hl7SegmentsMax: 100_000,
  /** Problems listed for one HL7 v2 message; further ones are left out. */
  hl7ProblemsMax: 100,
  /** Spaces or empty lines that one formatting escape of HL7 v2 may ask for; one that asks for more is kept as sent. */
  hl7FormattingCountMax: 200,
  /** Bytes looked through for a header when an HL7 v2 message does not start with one. */
  hl7HeaderSearchBytesMax: 64 * 1024,
  /** Length of a list of character sets in MSH-18; what is behind is not read. */
  hl7CharsetNamesBytesMax: 200,
  /** Segments of one EDIFACT interchange; what follows is not read, and reported. */
  edifactSegmentsMax: 1_000_000,
  /** Problems listed for one EDIFACT interchange; further ones are left out. */
  edifactProblemsMax: 100,
  /** Errors listed in one acknowledgement; further ones are left out. */
  hl7AckErrorsMax: 20,
  /** Messages of one order that are held; those behind them are looked at when the first are decided on. */
  heldOfOrderMax: 200,
  /** Messages that an approved code lets go before it is noted how many have gone; the rest follows at once. */
  heldReleasedTogetherMax: 20,
  /** Senders whose codes are kept ready by the tables that are for every sender; of others they are made ready each time. */
  codeSendersKeptMax: 1_000,
  /** Messages whose codes are counted in one commit. */
  codeMessagesCountedMax: 500,
  /** The least time between two rounds of counting codes and applying what was approved. */
  codeRoundMs: 5_000,
  /** Resources that get the code of a newly approved map in one commit. */
  recodedTogetherMax: 50,
  /** Codes suggested for one that is unknown. */
  codeSuggestionsMax: 10,
  /** Codes and units of one message that are noted as unknown; further ones are left out. */
  unknownCodesOfMessageMax: 100,
  /** Tries of one message when others change the same resources at the same time; then it is not answered. */
  linkMessageAttemptsMax: 8,
  /** Messages that are kept as they came in one commit. */
  rawMessagesTogetherMax: 64,
  /** Messages of one link that wait to be mapped; from so many on its senders wait for their answers. */
  backlogSlowedFrom: 20_000,
  /** The same, from which on nothing is taken: connections are closed without an answer, and senders come back. */
  backlogRefusedFrom: 200_000,
  /** How long an answer waits at most because of them. */
  backlogSlowedMsMax: 1_000,
  /** How often they are counted while messages come; between two counts what was mapped is not seen. */
  backlogCountMs: 2_000,
  /** Bytes of messages that wait to be mapped and are remembered; the others are read again. */
  rawFramesBytesMax: 64 * 1024 * 1024,
  /** Messages that wait to be mapped in memory; the others wait in the record. */
  mappingWindowMax: 1_000,
  /** The same while a message among them could not be mapped and is tried again: others wait behind it. */
  mappingWindowParkedMax: 20_000,
  /** The pause after a message could not be mapped; each further one is twice as long. */
  mappingRetryFirstMs: 500,
  /** The longest of these pauses. */
  mappingRetryMaxMs: 60_000,
  /** Messages that wait to be mapped and are read at once. */
  mappingPageMax: 200,
  /** How long messages that wait to be mapped are let gather before they are read together. */
  mappingGatherMs: 10,
  /** While so many are in memory of which each may be mapped, no more are read. */
  mappingReadyMin: 32,
  /** Committed messages that are mapped at once. */
  mappingAtOnceMax: 16,
  /** So long after the last message was committed, nobody is taken to wait for the next commit. */
  intakeQuietMs: 5,
  /** While senders wait for commits without a break, one message is mapped so often. */
  mappingBesideIntakeMs: 100,
  /** How long a connection is kept waiting for the application's acknowledgement of a committed message. */
  applicationAnswerMsMax: 10 * 60_000,
  /** Deployments of links that are looked through for destinations that there are no more. */
  deploymentsLookedAtMax: 200,
  /** Deliveries of one destination that are held in memory; the others wait in the record and are read when these have gone. */
  deliveryWindowMax: 1_000,
  /** Deliveries that are read from the record at once. */
  deliveryPageMax: 500,
  /** Deliveries that are read at once of a lane that stood and goes on. */
  deliveryLanePageMax: 50,
  /** Lanes of one destination that are parked; with more the destination is paused, for it takes nothing. */
  deliveryLanesParkedMax: 10_000,
  /** Merges of patients whose lanes are kept together; of older ones only what the record has joined itself is. */
  laneMergesMax: 100_000,
  /** Bytes of messages to be sent that are remembered; the oldest are forgotten and read again. */
  deliveryBodiesBytesMax: 64 * 1024 * 1024,
  /** Outcomes of deliveries that share one transaction. */
  deliveryOutcomesMax: 200,
  /** How long new deliveries are let gather before they are read together. */
  deliveryGatherMs: 20,
  /** How long the outcome of a delivery may take that its sender waits for; a longer time is lowered to this. */
  deliveryWaitMsMax: 60_000,
  /** Open MLLP connections on one listener; a further one is closed at once. */
  mllpConnectionsMax: 256,
  /** Messages of one MLLP connection received and not yet answered; the socket is paused beyond it. */
  mllpInFlightMax: 64,
  /** Bytes of one MLLP connection received and not yet answered; the socket is paused beyond it. */
  mllpInFlightBytesMax: 64 * 1024 * 1024,
  /** A connection that does not take its acknowledgements for this long is closed. */
  mllpAnswerTimeoutMs: 60_000,
  /** How long a connection Corridor has ended may go on sending, so that the last answer still reaches it. */
  mllpLingerMs: 2_000,
  /** Application acknowledgements of one MLLP connection still to come; the socket is paused beyond it. */
  mllpDeferredMax: 1_000,
  /** A TLS connection that has not shaken hands for this long is closed. */
  mllpHandshakeTimeoutMs: 10_000,
  /** Messages in one batch or file; the rest are not taken, and the sender told. */
  hl7BatchMessagesMax: 10_000,
  /** Fragments of one message; with one more all of them are refused as incorrect. */
  hl7ContinuationFragmentsMax: 1_000,
  /** Bytes of all the fragments that wait on one connection; a fragment beyond it is refused as incorrect. */
  hl7ContinuationBytesMax: 64 * 1024 * 1024,
  /** Messages of one connection in fragments at once; the first fragment of one more is refused as incorrect. */
  hl7ContinuationsMax: 8,
  /** Messages waiting to be sent on one MLLP connection; a further one fails as busy. */
  mllpSendQueueMax: 1_000,
  /** One file that is picked up with messages in it; a larger one is refused whole. */
  messageFileBytesMax: 256 * 1024 * 1024,
  /** A picked-up file up to this size is read once and held; a larger one is read twice, checked first. */
  messageFileHeldBytesMax: 8 * 1024 * 1024,
  /** Files looked at in one folder at once; of more, those that come first in its own order, until they are moved away. */
  messageFilesListedMax: 10_000,
  /** Files taken from one folder before it is looked at again. */
  messageFilesTakenMax: 500,
  /** Bytes read from a file at once. */
  messageFileChunkBytes: 256 * 1024,
  /** Refused messages of one file that its reason lists; further ones are counted. */
  messageFileReasonsMax: 100,
  /** Characters of a file's name that is made of a control id; the rest becomes a hash. */
  fileNameCharactersMax: 160,
  /** How long one step over SFTP may take; then the connection is closed and made anew. */
  sftpStepTimeoutMs: 60_000,
  /** How long connecting to an SFTP server and signing in may take. */
  sftpConnectTimeoutMs: 20_000,
  /** An SFTP connection on which nothing comes back for three times this long is closed and made anew. */
  sftpKeepAliveMs: 15_000,
  /** The pause after a first connection to an SFTP server that failed; each further one is twice as long. */
  sftpPauseFirstMs: 1_000,
  /** The longest of these pauses. */
  sftpPauseMaxMs: 60_000,
  /** How long the end of an SFTP connection is waited for when it is closed; then it is left to end by itself. */
  sftpCloseMs: 2_000,
  /** Connections to one destination by HTTP; further messages wait for one. */
  outgoingHttpConnectionsMax: 32,
  /** A connection by HTTP that is kept for the next message is closed after this long; most servers close theirs at 5 s. */
  outgoingHttpIdleMs: 4_000,
  /** Bytes of a destination's answer that are kept; what is longer is cut off, and counts as unread. */
  outgoingHttpAnswerBytesMax: 1024 * 1024,
  /** Issues of a receiver's OperationOutcome that are told; further ones are left out. */
  outcomeIssuesMax: 5,
  /** Messages of one replay or shadow run; one that chooses more fails, and says so. */
  replayMessagesMax: 100_000,
  /** Messages of a replay that share a commit, where none has to do with another. */
  replayTogetherMax: 40,
  /** Messages of a preview that are looked at at the same time. */
  replayPreviewedAtOnce: 8,
  /** Messages of a replay that are looked at together for what they are about. */
  replayAheadMax: 500,
  /** Replays and shadow runs under way at once in a process; the others wait their turn. */
  replaysUnderWayMax: 4,
  /** Replays, and shadow runs, that wait or are under way; a further one is refused as busy. */
  replaysOpenMax: 50,
  /** Kinds of difference that one report tells of; of further ones only how many there are. */
  replayGroupsMax: 500,
  /** Examples of each. */
  replayExamplesMax: 5,
  /** Differences that are told of one message; further ones are counted. */
  replayDifferencesToldMax: 500,
  /** Characters of a value in an example; a longer one is cut. */
  replayValueCharactersMax: 500,
  /** How often replays that another process has started or stopped are looked for. */
  replayPollMs: 1_000,
  /** How often it is written how far a preview or shadow run is. */
  replayProgressMs: 1_000,
  /** Deliveries of one message that are looked at for what its destinations have had; older ones are as good as not there. */
  replayDeliveriesMax: 500,
  /** How long after the start what need not be kept any more is looked for first. */
  retentionFirstMs: 5 * 60_000,
  /** The time between two such looks. */
  retentionRoundMs: 60 * 60_000,
  /** Of a longer message only so much is found by its text. */
  messageTextBytesMax: 1024 * 1024,
  /** What stands without a blank or delimiter for longer than this is no text, and not found by. */
  messageTextUnbrokenMax: 200,
  /** Messages whose words are filed together. */
  wordFileMessagesMax: 200,
  /** Fewer are filed when the first of them was changed this long ago; until then their own text is looked at. */
  wordFileWaitMs: 5 * 60_000,
  /** Files of words that are written in one round; the rest follows in the next. */
  wordFilesARound: 100,
  /** The time between two rounds. */
  wordFilesRoundMs: 5_000,
  /** Files of words that are listed at once. */
  wordFilesAPage: 200,
  /** Messages that are not filed yet, the newest, whose own text is looked at. */
  textSearchUnfiledMax: 500,
  /** One search by text takes so long at most; then it says how far it came. */
  textSearchMs: 3_000,
} as const;
