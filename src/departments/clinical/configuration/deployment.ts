import { z } from "zod";
import { conflict, failed, incorrect, isJsonObject, type JsonObject, notFound, ok, type Result } from "#kernel";
import { type HealthRecord, type KindDefinition, noEntries, parseBody, type Version } from "#record";
import { type ConfigurationFile, configurationFile, type DeploymentView } from "../api/configuration.ts";

export const linkConfigurationKind = "LinkConfiguration";

/** There is one document, and each of its versions is a deployment. */
const documentId = "links";

const deploymentSchema = z.strictObject({
  files: z.array(configurationFile),
  why: z.string().min(1),
  by: z.strictObject({ reference: z.string().min(1), display: z.string().min(1) }),
  deployedAt: z.iso.datetime(),
  rolledBackTo: z.int().min(1).exactOptional(),
});

/** A configuration as it was deployed: the files as written, without defaults, and who, when and why. */
export type Deployment = Readonly<Omit<z.infer<typeof deploymentSchema>, "files">> & {
  readonly files: readonly ConfigurationFile[];
};

export interface Deployed extends Deployment {
  readonly version: number;
}

/** What the record knows of configurations. */
export const linkConfigurationDefinition: KindDefinition = {
  kind: linkConfigurationKind,
  check: (body) => {
    const parsed = deploymentSchema.safeParse(body);
    if (parsed.success) return [];
    return parsed.error.issues.map(({ path, message }) =>
      incorrect("element-invalid", message, { where: [linkConfigurationKind, ...path].join(".") }),
    );
  },
  index: () => noEntries,
};

/** The newest deployment, or that of a version; undefined when nothing was ever deployed. Problems: those of the record. */
export async function readDeployed(
  record: Pick<HealthRecord, "read" | "readVersion">,
  version?: number,
): Promise<Result<Deployed | undefined>> {
  const found =
    version === undefined
      ? await record.read(linkConfigurationKind, documentId)
      : await record.readVersion(linkConfigurationKind, documentId, version);
  if (found.ok) return ok(deployedOf(found.value));
  return version === undefined && found.problems[0].category === "not-found" ? ok(undefined) : found;
}

function deployedOf(version: Version): Deployed {
  return { ...parseBody<Deployment>(version), version: version.version };
}

/** Writes a deployment. Problems: conflict `configuration-moved-on`, where `basedOn` is not the newest; those of the record. */
export async function deploy(
  record: HealthRecord,
  deployment: Deployment,
  basedOn?: number,
): Promise<Result<Deployed>> {
  const condition = basedOn === undefined ? {} : { ifMatch: basedOn };
  const body = deployment as unknown as JsonObject;
  const operation = { action: "update", kind: linkConfigurationKind, id: documentId, body, ...condition } as const;
  const written = await record.transact({ operations: [operation] });
  if (written.ok) return ok(deployedOf((written.value[0] as { readonly version: Version }).version));
  if (written.problems[0].code !== "version-conflict") return written;
  const text = "Somebody has deployed another configuration meanwhile: look at it, and deploy again.";
  return failed(conflict("configuration-moved-on", text));
}

/** Every deployment, newest first, at most `limit`. */
export async function listDeployed(record: HealthRecord, limit: number): Promise<Result<readonly DeploymentView[]>> {
  const page = await record.history({ kind: linkConfigurationKind, id: documentId, limit: limit + 1 });
  if (!page.ok) return page.problems[0].category === "not-found" ? ok([]) : page;
  const all = page.value.versions.map(deployedOf);
  return ok(all.slice(0, limit).map((each, at) => deploymentView(each, all[at + 1])));
}

export function deploymentView(deployed: Deployed, before: Deployed | undefined): DeploymentView {
  const { version, deployedAt, by, why, rolledBackTo } = deployed;
  const changed = changedPaths(deployed.files, before?.files ?? []);
  return { version, at: deployedAt, by, why, changed, ...(rolledBackTo === undefined ? {} : { rolledBackTo }) };
}

/** Paths of what was added, changed or taken out. */
export function changedPaths(
  files: readonly ConfigurationFile[],
  before: readonly ConfigurationFile[],
): readonly string[] {
  const texts = (all: readonly ConfigurationFile[]) => new Map(all.map((file) => [file.path, contentText(file)]));
  const [now, then] = [texts(files), texts(before)];
  return [...new Set([...now.keys(), ...then.keys()])].filter((path) => now.get(path) !== then.get(path)).sort();
}

/** The order of members, which the record does not keep, does not count. */
function contentText(file: ConfigurationFile): string {
  if (!("json" in file)) return file.base64;
  return JSON.stringify(file.json, (_, value: unknown) =>
    isJsonObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}

export function versionMissing(version: number): Result<never> {
  return failed(notFound("version-missing", `There is no version ${version}: corridor links history lists them.`));
}
