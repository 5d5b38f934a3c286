/** The bounds of signing in with a second factor, and of sessions as their owners see them. Part of `limits`. */
export const identityLimits = {
  /** How long who has registered a patient sees them for that alone. */
  registrationMs: 24 * 3_600_000,
  /** How long somebody may say at once that they care for a patient. */
  claimHoursMax: 24 * 14,
  /** How long a glass stays broken at most. */
  breakGlassHoursMax: 24,
  /** Reviews of one page of the privacy officer's queue. */
  reviewsPageSize: 50,
  /** How long it is held whose patients somebody sees; what ends is seen no longer than this after. */
  relationshipsHeldMs: 10_000,
  /** Of so many people at once; of further ones, the one asked for longest ago is looked up anew. */
  relationshipsHeldMax: 1_000,
  /** Patients of one person that are named one by one in a search; of more, a condition says whose they are. */
  relationshipsNamedMax: 2_000,
  /** Open stays that are gone through to know who lies on which ward, the newest. */
  openStaysMax: 20_000,
  /** Patients with a label that are named one by one in a search; of more, each document asks for its patient's. */
  labelledPatientsMax: 100,
  /** How long one view of the record holds what its actor may see; then it asks again. */
  visibilityHeldMs: 2_000,
  /** How long a code of an authenticator app stands. Source: RFC 6238 §5.2. */
  totpStepMs: 30_000,
  /** Steps that a clock may be off, before and after; a code further off is wrong. */
  totpDriftSteps: 1,
  /** How long the second step of a sign-in may take; then the password is asked for again. */
  secondStepMs: 5 * 60_000,
  /** How long setting up a second factor may take; then it begins anew. */
  factorSetUpMs: 15 * 60_000,
  /** How long after signing in, or giving the password again, a person may change how they sign in. */
  proofMs: 10 * 60_000,
  /** Recovery codes that a person has at once. */
  recoveryCodes: 10,
  /** Passkeys of one person; a further one is refused as a conflict. */
  passkeysMax: 10,
  /** Challenges of passkeys that were answered and are remembered until they are too old; beyond it, wait a moment. */
  usedChallengesMax: 50,
  /** Wrong passwords and codes from one address at once; further ones are answered 429 until the allowance has come back. */
  guessesBurst: 60,
  /** How fast that allowance comes back. */
  guessesPerMinute: 6,
  /** Requests with a token that is none, from one address; beyond it every request with a token is answered 429. */
  badTokensBurst: 300,
  /** How fast that allowance comes back. */
  badTokensPerMinute: 300,
  /** Requests of one address beyond what a second allows, for so many seconds; then they are answered 429. */
  requestBurstSeconds: 10,
  /** Addresses whose requests or guesses are counted; beyond it the one that came first is forgotten. */
  limitedCallersMax: 50_000,
  /** How often a running Corridor looks whether its key has been replaced. */
  sealKeyLookMs: 1_000,
  /** Sessions of one person that are listed or ended at once, the newest. */
  sessionsListedMax: 200,
  /** What a person is told of their account at a time; of more the newest. */
  accountNoticesMax: 20,
  /** How long signing in at the hospital's own provider may take; then it begins anew. */
  outsideSignInMs: 10 * 60_000,
  /** For one answer of the hospital's provider; later, the sign-in fails with a sentence that says so. */
  outsideAnswerMs: 10_000,
  /** One answer of the hospital's provider; a longer one is cut off, and the sign-in fails. */
  outsideAnswerBytesMax: 1024 * 1024,
  /** Values of claims that are looked up in the map of roles; further ones are passed over. */
  outsideClaimValuesMax: 2_000,
  /** One filter or path of SCIM; longer is refused as incorrect. */
  scimFilterCharactersMax: 4_000,
  /** Brackets within brackets of a SCIM filter; deeper is refused as incorrect. */
  scimFilterDepthMax: 20,
  /** One text in a SCIM resource; longer is refused as incorrect. */
  scimTextCharactersMax: 1_000,
  /** Values of one SCIM attribute, the members of a group among them; more are refused as incorrect. */
  scimValuesMax: 20_000,
  /** Operations of one SCIM patch; more are refused as incorrect. */
  scimPatchOperationsMax: 1_000,
  /** Resources of one page of SCIM; a longer page that is asked for is this long. */
  scimPageMax: 500,
  /** Resources that a search of SCIM goes through; with more, it is refused as too many. */
  scimSearchedMax: 50_000,
  /** Service accounts of a hospital; a further one is refused as a conflict. */
  serviceAccountsMax: 1_000,
  /** Keys that a service account has at a time; a further one is refused as a conflict: end an old one first. */
  serviceKeysMax: 10,
  /** How old the last use that is written of a key may be; a use within it is not written again. */
  serviceKeyTouchMs: 10 * 60_000,
  /** A key that ends within this time is listed as one to renew. */
  serviceKeyWarningMs: 30 * 24 * 3_600_000,
} as const;
