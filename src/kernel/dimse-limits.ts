/** The bounds of DICOM associations. Part of `limits`. */
export const dimseLimits = {
  /** What one PDU may hold that the other side sends; told to it, and longer ones end the association. */
  dimsePduBytes: 128 * 1024,
  /** What one PDU holds that is sent, whatever more the other side would take. */
  dimsePduSentBytesMax: 128 * 1024,
  /** A PDU that opens an association; a longer one is refused before it is read. Source: no bound in PS3.8. */
  dimseAssociatePduBytesMax: 1024 * 1024,
  /** Presentation contexts of one association. Source: PS3.8 §7.1.1.13 (odd numbers from 1 to 255). */
  dimseContextsMax: 128,
  /** Items of user information that are kept of one association; further ones are left out. */
  dimseUserItemsMax: 1_000,
  /** One command set; a longer one ends the association. */
  dimseCommandBytesMax: 64 * 1024,
  /** A data set that is read whole (queries, N-services); a longer one is refused with 0213. */
  dimseIdentifierBytesMax: 8 * 1024 * 1024,
  /** The data set of one C-STORE; a longer one is refused with A700. */
  dimseInstanceBytesMax: 64 * 1024 * 1024 * 1024,
  /** Bytes of a data set that have come and wait for the handler; at so many the connection is read no further. */
  dimseWaitingBytesMax: 4 * 1024 * 1024,
  /** A handler that waits for more is given it when there is so much, or when the data set ends. */
  dimseGatheredBytes: 512 * 1024,
  /** What a handler is given first, so that it sees the header before the pixels. */
  dimseFirstBytes: 32 * 1024,
  /** A connection is read into stretches of memory of this size, which are used again. */
  dimseReadBytes: 256 * 1024,
  /** So many of them are kept for connections to come; further ones are given back. */
  dimseSpareReadBuffersMax: 64,
  /** Associations open at once in one process; a further one is rejected as busy. */
  dimseAssociationsMax: 200,
  /** The same with one address. */
  dimseAssociationsOfAddressMax: 50,
  /** Connections that are open and may not be associations yet; a further one is closed at once. */
  dimseConnectionsMax: 300,
  /** Operations of one association that are under way at once, whatever window is asked for. */
  dimseOperationsMax: 16,
  /** How long a connection may take to ask for an association, and to close after one. Source: PS3.8 §9.1.5 (ARTIM). */
  dimseArtimMs: 30_000,
  /** An association on which nothing moves for so long, and nothing is under way, is aborted. */
  dimseIdleTimeoutMs: 10 * 60_000,
  /** The same in the middle of a message. */
  dimseSilenceTimeoutMs: 60_000,
  /** How long the other side may take nothing of what is sent to it. */
  dimseSendTimeoutMs: 60_000,
  /** How long a node may take to accept a connection. */
  dimseConnectTimeoutMs: 10_000,
  /** How long a node may take to answer a request for an association, or for its release. */
  dimseAssociateTimeoutMs: 30_000,
  /** How long a node may take for the answer to an operation, and between two of its answers. */
  dimseAnswerTimeoutMs: 5 * 60_000,
  /** How long TLS may take to be agreed on. */
  dimseHandshakeTimeoutMs: 10_000,
  /** Answers of a query that are written in one go. */
  dimseMatchesTogetherMax: 100,
  /** Answers of a query that have come and wait to be looked at; at so many the connection is read no further. */
  dimseMatchesWaitingMax: 500,
} as const;
