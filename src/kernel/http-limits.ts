/** HTTP requests and WebSockets. Part of `limits`. */
export const httpLimits = {
  /** One HTTP request body; larger is refused with 413. */
  httpBodyBytesMax: 64 * 1024 * 1024,
  /** The same where none of it is held, as of images; larger is refused with 413. */
  httpStreamBytesMax: 64 * 1024 * 1024 * 1024,
  /** Bytes of a file that are read at once to be sent; there are two such pieces of memory a reply. */
  httpSentPieceBytes: 1024 * 1024,
  /** Pieces of it that are kept for further replies. */
  httpSendMemoryMax: 32,
  /** Open HTTP connections; a further one is closed at once. */
  httpConnectionsMax: 10_000,
  /** A client that has not sent its request line and headers within this time is answered 408 and closed. */
  httpHeadersTimeoutMs: 20_000,
  /** The same for the whole request with its body. */
  httpRequestTimeoutMs: 300_000,
  /** A kept-alive connection is closed after this long without a request. */
  httpKeepAliveTimeoutMs: 75_000,
  /** A connection on which not a byte moves for this long while a request is open is closed. */
  httpSilenceTimeoutMs: 120_000,
  /** One parameter in a path; a longer one is not found. */
  httpPathParameterCharactersMax: 512,
  /** Replies shorter than this are sent as they are; longer ones compressed where the client accepts it. */
  httpCompressBytesMin: 1_024,
  /** Open WebSockets; a further one is answered 503. */
  webSocketsMax: 1_000,
  /** One message of a client over a WebSocket; a larger one closes it. */
  webSocketMessageBytesMax: 16 * 1024,
  /** A WebSocket whose client is silent for this long is asked for a sign of life, and closed when none comes. */
  webSocketSilenceMs: 30_000,
  /** How long a client may take to accept a message over a WebSocket; then it is closed. */
  webSocketSendMs: 30_000,
  /** Subscriptions that one WebSocket is bound to; one more closes it. */
  webSocketBindingsMax: 100,
  /** Tokens to bind a WebSocket with that wait for their use; the oldest are forgotten. */
  webSocketTokensMax: 1_000,
  /** How long such a token may wait for its use; then it is refused. */
  webSocketTokenMs: 5 * 60_000,
} as const;
