/** The bounds of keeping, sending and watching the audit log. Part of `limits`. */
export const auditLimits = {
  /** How long after the start the log is first compared with its newest checkpoint, and signed. */
  auditCheckpointFirstMs: 5_000,
  /** Between two looks at whether a checkpoint is due. */
  auditCheckpointRoundMs: 10_000,
  /** A checkpoint is due when the log has grown and the newest is this old. */
  auditCheckpointAgeMs: 5 * 60_000,
  /** Or when the log has grown by so many entries. */
  auditCheckpointEntries: 10_000,
  /** Between two looks at whether there are entries to send by syslog. */
  auditSyslogRoundMs: 1_000,
  /** Entries that are sent to the syslog receiver before the cursor moves; after a fault all of them come again. */
  auditSyslogBatch: 500,
  /** How long a syslog receiver may take to answer a connection, or to take a batch. */
  auditSyslogTimeoutMs: 10_000,
  /** A syslog message is cut off behind so many bytes. Source: RFC 5425 §4.3.1 asks receivers to take 8,192. */
  auditSyslogBytesMax: 65_536,
  /** Between two looks at what people did. */
  auditFindingRoundMs: 15_000,
  /** Entries that are judged in one go. */
  auditFindingBatch: 5_000,
  /** Entries from which, after a start, what is usual is learnt; older ones are forgotten. */
  auditFindingLearnt: 200_000,
  /** Entries that an export of the audit log may hold; a longer one is refused. */
  auditExportMax: 100_000,
  /** Entries that "who looked at my record" is made of; older ones are left out, and the page says so. */
  whoLookedEntriesMax: 20_000,
  /** Entries that counts of an audit search are made of. */
  auditCountEntriesMax: 10_000,
} as const;
