/** The bounds of applications that act for people, or by themselves. Part of `limits`. */
export const authorizationLimits = {
  /** How long a person may take to say what an application may do; then the application begins anew. */
  applicationRequestMs: 15 * 60_000,
  /** How long an application has to turn a code into a token. Source: RFC 6749 §4.1.2 (ten minutes at most). */
  authorizationCodeMs: 60_000,
  /** An access token of an application that acts for a person. */
  applicationTokenMs: 60 * 60_000,
  /** An access token of a backend service. Source: SMART Backend Services 2.2 (five minutes are advised). */
  backendTokenMs: 5 * 60_000,
  /** Access that a person gave for while they are not there; then the application asks again. */
  offlineAccessMs: 90 * 24 * 3_600_000,
  /** Access that a person gave for while they are signed in; a session lasts no longer either. */
  onlineAccessMs: 12 * 3_600_000,
  /** How far ahead the end of a signed assertion may be. Source: SMART Backend Services 2.2 §5.0.3.1.1. */
  assertionMsMax: 5 * 60_000,
  /** How long a launch stands that was begun in a chart. */
  launchMs: 5 * 60_000,
  /** How long a key signs, and how long after that its signatures can still be checked. */
  signingKeyMs: 90 * 24 * 3_600_000,
  signingKeyKeptMs: 24 * 3_600_000,
  /** How long a process goes by the signing keys it has read; another process's new ones are known that much later. */
  signingKeysHeldMs: 60_000,
  /** Applications of a hospital; a further one is refused as a conflict. */
  applicationsMax: 500,
  /** How long a process goes by the addresses of applications it has read. */
  applicationOriginsHeldMs: 5_000,
  /** Scopes in one request; more are refused as incorrect. */
  scopesMax: 200,
  /** Characters of the search in one scope; more are refused as incorrect. */
  scopeSearchCharactersMax: 500,
  /** Applications that one person has let in and that are listed, the newest. */
  givenAccessListedMax: 200,
  /** Codes and tokens of one grant, or one application, that are ended in one transaction; the rest follow in the next. */
  tokensEndedAtOnceMax: 500,
  /** Codes and tokens whose time is over that are taken away at once. */
  tokensSweptMax: 500,
  /** A set of keys that an application publishes; a longer answer is not read. */
  publishedKeysBytesMax: 256 * 1024,
  /** For the answer with such keys. */
  publishedKeysTimeoutMs: 2_500,
} as const;
