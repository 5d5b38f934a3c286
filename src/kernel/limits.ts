import { auditLimits } from "./audit-limits.ts";
import { authorizationLimits } from "./authorization-limits.ts";
import { consentLimits } from "./consent-limits.ts";
import { deidentificationLimits } from "./deidentification-limits.ts";
import { dicomwebLimits } from "./dicomweb-limits.ts";
import { dimseLimits } from "./dimse-limits.ts";
import { exportLimits } from "./export-limits.ts";
import { governanceLimits } from "./governance-limits.ts";
import { httpLimits } from "./http-limits.ts";
import { identityLimits } from "./identity-limits.ts";
import { imagingLimits } from "./imaging-limits.ts";
import { linkLimits } from "./link-limits.ts";
import { pixelLimits } from "./pixel-limits.ts";
import { simulatorLimits } from "./simulator-limits.ts";
import { storageLimits } from "./storage-limits.ts";
import { watchLimits } from "./watch-limits.ts";

/** Every bound in Corridor, with its unit and what happens at the limit. */
export const limits = {
  ...authorizationLimits,
  ...auditLimits,
  ...deidentificationLimits,
  ...dimseLimits,
  ...exportLimits,
  ...consentLimits,
  ...dicomwebLimits,
  ...governanceLimits,
  ...httpLimits,
  ...identityLimits,
  ...imagingLimits,
  ...linkLimits,
  ...pixelLimits,
  ...watchLimits,
  ...simulatorLimits,
  ...storageLimits,
  /**
   * Versions just written that a process remembers at most, to bring up to date what was read before them; who read
   * earlier reads again.
   */
  recentVersionsMax: 4_000,
  /** So many of them it remembers although nobody is known to have read before them. */
  recentVersionsKept: 200,
  /** Nesting of a JSON body; deeper is refused as incorrect. */
  jsonDepthMax: 64,
  /** One XML text; longer is refused as incorrect. */
  xmlCharactersMax: 64 * 1024 * 1024,
  /** Nesting of XML elements, those of a narrative included; deeper is refused as incorrect. */
  xmlDepthMax: 128,
  /** Attributes of one XML element; more are refused as incorrect. */
  xmlAttributesMax: 64,
  /** XML namespace declarations in force at one place; more are refused as incorrect. */
  xmlNamespacesMax: 32,
  /** Operations of one patch; more are refused as incorrect. */
  patchOperationsMax: 10_000,
  /** Values that the copies of one JSON Patch may add together; beyond it the patch is refused as incorrect. */
  patchCopiedValuesMax: 100_000,
  /** One GraphQL query; longer is an error. */
  graphqlCharactersMax: 64 * 1024,
  /** Nesting of brackets in a GraphQL query, and of fragments in each other; deeper is an error. */
  graphqlDepthMax: 32,
  /** Fields that the answer to one GraphQL query may have; further ones are left out, with an error. */
  graphqlFieldsMax: 100_000,
  /** Reads, searches and resolved references of one GraphQL query; further ones are left out, with an error. */
  graphqlReadsMax: 1_000,
  /** Errors told of one GraphQL query; further ones are left out. */
  graphqlErrorsMax: 100,
  /** Problems told of one resource; the check ends there. */
  resourceProblemsMax: 100,
  /** Errors that the validator tells of one resource, and as many other issues; the rest is left out. */
  validationIssuesMax: 500,
  /** Times that one validation tries whether something meets a profile or slice; beyond it everything is taken to. */
  validationTrialsMax: 100_000,
  /** One file of a FHIR package, and all of them together (`fhirPackageBytesMax`); a package beyond it is refused. */
  fhirPackageFileBytesMax: 64 * 1024 * 1024,
  fhirPackageBytesMax: 512 * 1024 * 1024,
  /** Files of a FHIR package; one with more is refused. */
  fhirPackageFilesMax: 50_000,
  /** Entries of one Bundle; more are refused as incorrect. */
  bundleEntriesMax: 25_000,
  /** Entries of a batch, or conditions of a transaction, that are worked on at once; the rest waits its turn. */
  bundleInFlightMax: 32,
  /** Tries of a write whose condition others keep changing under it; then it fails as a conflict. */
  conditionalAttemptsMax: 5,
  /** Resources that one conditional delete may delete; where more match, it fails and deletes nothing. */
  conditionalDeletesMax: 1_000,
  /** FHIR answers being worked out for later (`Prefer: respond-async`) at once; a further one fails as busy. */
  deferredRunningMax: 8,
  /** Finished ones that are kept; the oldest are forgotten. */
  deferredKeptMax: 100,
  /** How long one is kept from its start; then it is forgotten. */
  deferredKeptMs: 60 * 60_000,
  /** Characters of all that are kept; beyond it the oldest are forgotten, the newest stays however long. */
  deferredKeptCharactersMax: 256 * 1024 * 1024,
  /** Results on one page of a search or history; a larger `_count` is lowered to this. */
  pageSizeMax: 1_000,
  /** Results on one page when the caller does not say. */
  pageSizeDefault: 20,
  /** Searches that one person keeps; a further one is refused as a conflict. */
  savedSearchesMax: 200,
  /** Characters of the query of a kept search; a longer one is refused as incorrect. */
  savedSearchLengthMax: 4_000,
  /** Days for which the offsets of a time zone are remembered; beyond it they are asked for again. */
  timeZoneDaysMax: 4_000,
  /** The pause after a destination could not be reached; each further one is twice as long. */
  destinationPauseFirstMs: 1_000,
  /** The longest of these pauses. */
  destinationPauseMaxMs: 60_000,
  /** Deliveries without an answer, one after another, after which a destination is tried with one at a time. */
  destinationUnansweredMax: 3,
  /** Characters of an acknowledgement that are kept with a delivery. */
  acknowledgementKeptCharacters: 2_000,
  /** How often the books of the links are brought up to date, at most. */
  linkBooksEveryMs: 2_000,
  /** Messages with several destinations whose deliveries the books remember; of others they are read again. */
  linkBooksRememberedMax: 20_000,
  /** Days of books that are shown at once; a longer span is refused as incorrect. */
  linkBooksDaysMax: 100,
  /** Types of messages that are counted apart for one link and day; of further ones only how many there are. */
  trafficTypesMax: 40,
  /** Files of one configuration of links; with more it is refused as incorrect. */
  linkFilesMax: 2_000,
  /** One file of a configuration of links; a larger one is refused as incorrect. */
  linkFileBytesMax: 4 * 1024 * 1024,
  /** How often a link that could not be opened is tried again. */
  linkReopenMs: 10_000,
  /** How long a port that another link has just given up may take to be free; then opening it fails. */
  linkPortFreeMs: 1_000,
  /** How late a configuration that another process has deployed may be applied. */
  linkConfigurationAgeMs: 500,
  /** Resources that one step of a merge of patients moves in one commit; the rest waits for the next. */
  mergeStepResourcesMax: 500,
  /** How often merges that are under way are looked for. */
  mergePollMs: 1_000,
  /** Patients that merges connect; a merge that would connect more is held. */
  mergedPatientsMax: 200,
  /** Resources that an undone merge lists for a person; further ones are left out. */
  mergeReviewMax: 500,
  /** Merges in one message; one with more is held. */
  mergesPerMessageMax: 20,
  /** Patients looked at for the numbers of a merge; more tell nothing more. */
  patientCandidatesMax: 50,
  /** Transactions waiting for the committer; further ones fail as busy. */
  commitQueueMax: 20_000,
  /** Operations that share one commit; the rest waits for the next. */
  commitBatchOperationsMax: 2_000,
  /** Commits on their way to the disk at once: one that is written, and one behind it. */
  commitsInFlightMax: 2,
  /** Behind a commit that is on its way, the next goes for so many operations; fewer wait for it to land, and for company. */
  commitFollowingOperationsMin: 64,
  /** Blobs up to this size are kept in the database and share its commit; larger ones become files. */
  blobInlineBytesMax: 256 * 1024,
  /** Documents that a new search parameter is added to in one commit. */
  indexingPageMax: 500,
  /** Changes a worker takes from the feed at once. */
  feedBatchMax: 500,
  /** Orders, or reports, of one request that one message tells of. */
  ordersToldTogetherMax: 50,
  /** Audit entries of a link's reads that wait for its next write; one more and they are written by themselves. */
  auditHeldMax: 50,
  /** How late a commit of another process on the same database may be noticed; one's own is noticed at once. */
  feedPollMs: 500,
  /** Tries of one change by a worker before it is parked. */
  feedAttemptsMax: 5,
  /** Patients that a search by name sorts and shows; with more, the person is asked for more of the name. */
  patientsFoundMax: 200,
  /** Newest results of a patient that are looked through for those without a report; older ones are not listed. */
  unreportedLookMax: 100,
  /** Points of a trend, the newest; the reply says when there are older ones. */
  trendPointsMax: 500,
  /** Reports in a cumulative table when the caller does not say. */
  cumulativeColumnsDefault: 12,
  /** Changed results on one page whose earlier values are looked up; on further ones only the status tells. */
  earlierResultsMax: 200,
  /** Characters of a message shown in the browser; the whole is there to download. */
  messageShownCharactersMax: 200_000,
  /** Characters of one line or value of a message shown in the browser; a longer one is cut. */
  messageValueShownCharactersMax: 2_000,
  /** Counts of closed minutes and hours that are remembered; the oldest are forgotten and counted again. */
  figureCountsMax: 20_000,
  /** Figures of the links are worked out again when they are older than this and somebody asks. */
  figuresAgeMs: 1_000,
  /** Newest messages of a link that are read to learn its types and its last message. */
  recentMessagesMax: 100,
  /** Live (server-sent event) streams open at once; a further one fails as busy. */
  liveStreamsMax: 1_000,
  /** A live stream with nothing to tell says so this often, so that nothing on the way closes it. */
  liveHeartbeatMs: 15_000,
  /** A live stream tells of changes no more often than this; what changed meanwhile is told together. */
  liveEventIntervalMs: 500,
  /** A live stream ends after this long, so that the caller's access is checked again when it comes back. */
  liveStreamLifeMs: 10 * 60_000,
  /** Ids named in one live event; earlier ones are left out. */
  liveEventIdsMax: 50,
  /** Changes read again for a live stream that comes back; one that missed more is told that everything changed. */
  liveCatchUpChangesMax: 2_000,
  /** Parameters of one search; more are refused as incorrect. */
  searchParametersMax: 100,
  /** Values with commas between them of one search parameter; more are refused as incorrect. */
  searchValuesMax: 1_000,
  /** StructureDefinitions of the record that `$validate` knows, the newest; older ones are as good as not there. */
  validationDefinitionsMax: 10_000,
  /** Resources that one under validation points at and that are read for it; further ones are not looked at. */
  validationTargetsMax: 1_000,
  /** Observations that one `$lastn` looks at, the newest; older ones are left out, and that is said. */
  lastnObservationsMax: 20_000,
  /** Patients that one of the searches of `$match` brings to be compared; with more, the newest. */
  matchBlockMax: 100,
  /** Candidates that `$match` answers with where the caller does not say. */
  matchCandidatesDefault: 10,
  /** The same where the caller does; a larger count is lowered to this. */
  matchCandidatesMax: 100,
  /** Patients whose duplicates are looked for on one page of `$potential-duplicates`. */
  duplicatesPageMax: 50,
  /** Characters of one parameter of an operation; a longer one is refused as incorrect. */
  operationTextCharactersMax: 100_000,
  /** Rows that are read at first of each type of a search of several; more are read where the page needs them. */
  mergedRowsMin: 10,
  /** Resources that `_include` and `_revinclude` may add to one page; what more there is is left out, and said. */
  searchIncludedMax: 1_000,
  /** Documents of which the contained resources are looked at for one page or count; more are refused as too costly. */
  searchContainersMax: 20_000,
  /** Steps that `:iterate` may go from what was found; what lies further is left out, and said. */
  searchIncludeStepsMax: 8,
  /** Resources above or below what a search by `:above` or `:below` of a reference names; more are refused as too costly. */
  searchLineageMax: 5_000,
  /** Links of a chained search parameter (`subject.organization.name` has two); more are refused as incorrect. */
  searchChainMax: 4,
  /** Types and names that are tried to read one search parameter with its chains; with more it is refused as too costly. */
  searchReadsMax: 3_000,
  /** Conditions of one search, those inside chains and filters included; more are refused as too costly. */
  searchClausesMax: 300,
  /** Nesting of `_filter`; deeper is refused as incorrect. */
  searchFilterDepthMax: 16,
  /** Characters of a `_filter`; more are refused as incorrect. */
  searchFilterCharactersMax: 16 * 1024,
  /** How long one statement of a search may run; then the database cancels it, and the search is answered as too costly. */
  searchTimeMsMax: 10_000,
  /** Ends of a chain that are looked up ahead; with more, each document is asked for its own. */
  searchChainEndsMax: 1_000,
  /** Displays and texts of codes that `:text` may stand for; more are refused as too costly. */
  searchTermsMax: 5_000,
  /** Parameters of one `_sort`; more are refused as incorrect. */
  searchSortKeysMax: 8,
  /** How long the embedded database may take to recover and be ready; then the start fails. */
  databaseStartTimeoutMs: 120_000,
  /** How long the embedded database may take to stop in good order; then it stops at once and recovers when started. */
  databaseStopTimeoutMs: 5_000,
  /** How long a stop may take to answer what is under way; then connections are cut. */
  drainTimeoutMs: 8_000,
  /** After a start, the memory that only starting needed is given back to the machine. */
  startMemoryKeptMs: 5_000,
  /** How long a whole stop may take, doors, record and database; then the process ends and the next start recovers. */
  stopTimeoutMs: 10_000,
  /** Wrong passwords in a row before an account is locked for `signInLockMs`. */
  signInAttemptsMax: 5,
  signInLockMs: 15 * 60_000,
  /** A session ends after this long without use, and at the latest after `sessionTotalMs`. */
  sessionIdleMs: 30 * 60_000,
  sessionTotalMs: 12 * 60 * 60_000,
  /** When a session was last used is written this often at most. */
  sessionTouchMs: 5 * 60_000,
  /** A session or token found valid is not looked up again for this long; ending it elsewhere takes as long at most. */
  sessionTrustMs: 15_000,
  /** Sessions and tokens known to be valid, kept in memory; beyond it the oldest is forgotten and looked up again. */
  trustedSessionsMax: 20_000,
  /** Sign-ins under way at once; a further one fails as busy, because each costs 19 MiB while it lasts. */
  signInsWaitingMax: 200,
  /** Unknown user names whose failed sign-ins are counted; beyond it the oldest is forgotten. */
  strangersMax: 10_000,
  /** A password shorter than this, or longer than `passwordLengthMax`, is refused. */
  passwordLengthMin: 12,
  passwordLengthMax: 128,
  /** A one-time link to set a password works for this long. */
  oneTimeLinkMs: 3 * 24 * 60 * 60_000,
  /** The longest life a token may be issued for. */
  apiTokenLifeMsMax: 366 * 24 * 60 * 60_000,
  /** Text of documents that a view remembers having shown, for reading blobs they name; beyond it the oldest is forgotten. */
  shownCharsMax: 16 * 1024 * 1024,
  /** Documents that one audit entry names; a larger transaction leaves several entries. */
  auditEntitiesMax: 500,
  /** Characters of a UCUM unit; a longer one is taken for no unit. */
  ucumUnitCharactersMax: 256,
  /** Parentheses inside one another in a UCUM unit; one with more is taken for no unit. */
  ucumDepthMax: 16,
  /** UCUM units whose meaning is remembered; beyond it all are forgotten and worked out again. */
  ucumUnitsKnownMax: 10_000,
  /** Codes of one expansion of a value set; more are answered as too costly, or page by page. */
  expansionConceptsMax: 10_000,
  /** Codes that a search by `:in`, `:below` and the like stands for; more are refused as too costly. */
  searchCodesMax: 2_000,
  /** Codes directly below one that a look-up tells; further ones are left out. */
  terminologyChildrenMax: 1_000,
  /** Value sets that one value set is made of, one inside another; more are refused as incorrect. */
  terminologyImportsMax: 20,
  /** Characters of an expression constraint of SNOMED CT; a longer one is refused as incorrect. */
  eclCharactersMax: 20_000,
  /** Brackets and operators of one within each other; what lies deeper is refused as incorrect. */
  eclDepthMax: 30,
  /** Characters of a regular expression in a value set; a longer one is not evaluated. */
  terminologyPatternCharactersMax: 200,
  /** Text of stored code systems, value sets and maps that is kept at hand; further ones are left out, and the log says which. */
  terminologyTextCharactersMax: 128 * 1024 * 1024,
  /** Compiled code systems and value sets that are kept; beyond it all are forgotten and compiled again. */
  terminologyCompiledMax: 5_000,
  /** Concepts of compiled code systems that are kept; beyond it all are forgotten and compiled again. */
  terminologyConceptsCompiledMax: 1_000_000,
  /** Concepts of one imported code system that are remembered; beyond it all are forgotten and read again. */
  terminologyConceptsKnownMax: 20_000,
  /** How late a code system that was imported may be seen. */
  terminologySystemsAgeMs: 5_000,
  /** Codes in one table of `$closure`; more are refused as too costly. */
  closureConceptsMax: 1_000,
  /** Characters of one FHIRPath expression; a longer one is refused as incorrect. */
  fhirPathCharactersMax: 20_000,
  /** Nesting of a FHIRPath expression; deeper is refused as incorrect. */
  fhirPathDepthMax: 64,
  /** Operators, functions and steps of one FHIRPath expression; more are refused as incorrect. */
  fhirPathOperationsMax: 2_000,
  /** Items that one evaluation of a FHIRPath expression looks at; then it fails as incorrect. */
  fhirPathStepsMax: 2_000_000,
  /** A text that a FHIRPath expression makes; where it would get longer, the evaluation fails as incorrect. */
  fhirPathTextCharactersMax: 4 * 1024 * 1024,
  /** A regular expression in a FHIRPath expression; a longer one is refused as incorrect. */
  fhirPathPatternCharactersMax: 2_000,
  /** A text that a FHIRPath expression matches; with a longer one the evaluation fails as incorrect. */
  fhirPathPatternTextCharactersMax: 20_000,
  /** States of the machine that matches one; a regular expression that needs more is refused. */
  fhirPathPatternStatesMax: 5_000,
  /** Regular expressions that are remembered; beyond it all are forgotten and compiled again. */
  fhirPathPatternsKnownMax: 1_000,
  /** Problems told of one release of a code system; further ones are left out. */
  releaseProblemsMax: 20,
  /** Codes above one in a release; a release with more of them is refused as incorrect. */
  releaseAncestorsMax: 5_000,
  /** Size of a file of a release that is read as a whole (ClaML, CSV); a larger one is refused as incorrect. */
  releaseFileBytesMax: 256 * 1024 * 1024,
  /** One file that is imported as a whole, and all that a compressed one unpacks to; a larger one is refused as incorrect. */
  importFileBytesMax: 256 * 1024 * 1024,
  /** One line of NDJSON; a longer one is refused as incorrect. */
  importLineCharactersMax: 16 * 1024 * 1024,
  /** Lines of NDJSON that share one transaction. */
  importBatchLinesMax: 200,
  /** Resources of an import read and not yet on disk; reading waits beyond it. */
  importInFlightMax: 4_000,
  /** Characters of them; reading waits beyond it. */
  importInFlightCharactersMax: 32 * 1024 * 1024,
  /** Problems of one import that are told one by one; further ones are counted. */
  importProblemsToldMax: 10_000,
  /** Patients of a group whose resources are looked up by their keys in an export; of a larger group, all are gone through. */
  exportGroupKeysMax: 500,
  /** Resources of one type that an export writes before it notes how far it is; after a restart it goes on from there. */
  exportCheckpointResources: 50_000,
  /** The same of an import, in lines. */
  importCheckpointLines: 20_000,
  /** Exports and imports of one caller that are waiting or running; a further one fails as busy. */
  bulkJobsOpenMax: 10,
  /** How often exports and imports that another process has begun, or whose files are to go, are looked for. */
  bulkPollMs: 2_000,
  /** How long a caller is asked to wait before asking again how far an export or import is. */
  bulkRetryAfterMs: 2_000,
  /** Subscriptions that are followed; a further one gets the status error. */
  subscriptionsMax: 1_000,
  /** Events of one subscription that wait to be sent; with one more it is switched off. */
  subscriptionEventsWaitingMax: 100_000,
  /** Events of one subscription that are kept after they arrived, for `$events`; older ones are forgotten. */
  subscriptionEventsKept: 1_000,
  /** Events in one notification, and in one answer of `$events`; a larger maxCount is lowered to this. */
  subscriptionEventsSentMax: 100,
  /** Events of one subscription that are taken from the database at once. */
  subscriptionPageMax: 100,
  /** Messages of all subscriptions under way at once; the others wait their turn. */
  subscriptionDeliveriesMax: 32,
  /** Tries of one message before its subscription gets the status error. */
  subscriptionAttemptsMax: 12,
  /** Tries of a handshake before its subscription gets the status error. */
  subscriptionHandshakesMax: 4,
  /** The pause after a first failure; each further one is twice as long. */
  subscriptionRetryFirstMs: 1_000,
  /** The longest pause between two tries. */
  subscriptionRetryMaxMs: 10 * 60_000,
  /** How long a receiver may take to answer where the subscription does not say; then it is tried again. */
  subscriptionTimeoutMsDefault: 10_000,
  /** The same where it does; a larger timeout is lowered to this. */
  subscriptionTimeoutMsMax: 60_000,
  /** Bytes of a receiver's answer that are read, only to use its connection again; with more, it is closed. */
  subscriptionAnswerBytesMax: 64 * 1024,
  /** Headers of one subscription; with more it gets the status error. */
  subscriptionHeadersMax: 20,
  /** Changes that concern no subscription and that are looked at again after a crash. */
  subscriptionPlaceChangesMax: 5_000,
  /** How long the roles of a subscription's owner are trusted before they are looked up again. */
  subscriberTrustMs: 5_000,
} as const;
