import { type AccessNeeds, accessKinds } from "#access";
import { seal } from "#audit";
import {
  archivePolicyDefinition,
  codeKinds,
  deliveryDefinition,
  destinationSwitchDefinition,
  dicomNodeDefinition,
  imageCommitmentDefinition,
  imageDecisionDefinition,
  imageDisposalDefinition,
  imageEditDefinition,
  imageRouteDefinition,
  imageSendDefinition,
  linkBookDefinition,
  linkConfigurationDefinition,
  linkMessageDefinition,
  linkSwitchDefinition,
  mappingDelayDefinition,
  patientMergeDefinition,
  performedStepDefinition,
  replayKinds,
  retentionRuleDefinition,
  retiredDayDefinition,
  simulatorRunDefinition,
  studyMarkDefinition,
  watchKinds,
  wordFileDefinition,
} from "#departments/clinical";
import { informationKinds } from "#departments/information";
import { withSmallObjects } from "#imaging";
import {
  type Clock,
  failed,
  type HospitalTime,
  hospitalTime,
  type Ids,
  type Log,
  ok,
  type Result,
  unavailable,
} from "#kernel";
import {
  AddedParameters,
  type BlobStore,
  bulkJobKind,
  fhirKinds,
  type HealthRecord,
  type KindDefinition,
  openRecord,
  type SearchConcepts,
  type StreamedBlobs,
} from "#record";

import { type ConnectionTarget, openPostgres, type PostgresStore } from "#storage/postgres";
import type { Config } from "../config.ts";
import { openBlobStorage } from "./blob-storage.ts";
import { openDirectory } from "./directory.ts";
import { followSealKey, openSealKey } from "./seal-key.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface RecordParts {
  readonly store: PostgresStore;
  /** Content too large for the database. */
  readonly blobs: BlobStore;
  /** Objects of the archive. */
  readonly imageBlobs: StreamedBlobs;
  readonly target: ConnectionTarget;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly ids: Ids;
  /** Seeing everything: narrowed by `#access` before any department holds it. */
  readonly record: HealthRecord;
  /** What signing in needs from outside the database. */
  readonly identity: Pick<AccessNeeds, "sealKey" | "secondFactorRoles" | "roleMap" | "outside">;
  /** The search parameters that were added to those of R4. */
  readonly parameters: AddedParameters;
}

interface RecordOptions {
  readonly config: Config;
  readonly target: ConnectionTarget;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly stack: ShutdownStack;
  readonly concepts?: () => SearchConcepts | undefined;
}

/** Every kind of document that the record keeps. */
export const recordDefinitions: readonly KindDefinition[] = [
  ...fhirKinds,
  ...accessKinds,
  bulkJobKind,
  linkMessageDefinition,
  deliveryDefinition,
  destinationSwitchDefinition,
  mappingDelayDefinition,
  linkSwitchDefinition,
  linkBookDefinition,
  patientMergeDefinition,
  performedStepDefinition,
  linkConfigurationDefinition,
  ...codeKinds,
  ...watchKinds,
  wordFileDefinition,
  simulatorRunDefinition,
  ...replayKinds,
  dicomNodeDefinition,
  archivePolicyDefinition,
  imageCommitmentDefinition,
  imageDecisionDefinition,
  imageEditDefinition,
  imageRouteDefinition,
  imageSendDefinition,
  imageDisposalDefinition,
  retentionRuleDefinition,
  studyMarkDefinition,
  retiredDayDefinition,
  ...informationKinds,
];

/** Their names. */
export const recordKinds: readonly string[] = recordDefinitions.map(({ kind }) => kind);

/** Brings the tables up to date and opens the record. Problems: conflict `database-newer`, unavailable `database-unreachable`; those of `openBlobStorage`. */
export async function openRecordParts(options: RecordOptions): Promise<Result<RecordParts>> {
  const { config, target, stack, ...given } = options;
  try {
    const sealKey = await openSealKey(config);
    if (!sealKey.ok) return sealKey;
    await followSealKey(sealKey.value, { config, stack });
    const directory = await openDirectory(config);
    if (!directory.ok) return directory;
    const store = await openPostgres({ target, kinds: recordKinds, seal });
    if (!store.ok) return store;
    stack.defer("store", () => store.value.close());
    const storage = await openBlobStorage(config);
    if (!storage.ok) return storage;
    const { blobs, images } = storage.value;
    const imageBlobs = withSmallObjects(images, store.value.smallImages, { isDear: config.blobs === "s3" });
    const record = openRecord({
      documents: store.value.documents,
      inlineBlobs: store.value.blobs,
      blobs,
      kinds: recordDefinitions,
      ...given,
    });
    stack.defer("record", () => record.close());
    const parameters = await AddedParameters.open({ ...store.value, record, log: given.log });
    stack.defer("search parameters", () => parameters.close());
    const { clock, ids } = given;
    return ok({
      store: store.value,
      blobs,
      imageBlobs,
      target,
      record,
      parameters,
      identity: { ...directory.value, sealKey: sealKey.value, secondFactorRoles: config.secondFactorRoles },
      clock,
      hospitalTime: hospitalTime(config.timeZone),
      ids,
    });
  } catch (error) {
    return failed(unreachable(error as NodeJS.ErrnoException, config));
  }
}

function unreachable(error: NodeJS.ErrnoException, config: Config) {
  const whose = config.databaseUrl === undefined ? "The embedded database" : "The database of DATABASE_URL";
  return unavailable(
    "database-unreachable",
    `${whose} cannot be used (${error.message || error.code}): check that it runs, that the address is right and that the user may make tables.`,
    { cause: error },
  );
}
