import { type DuplicatePolicy, duplicatePolicies } from "#imaging";
import { incorrect, ok, type Result } from "#kernel";
import { type HealthRecord, type KindDefinition, noEntries, parseBody } from "#record";
import { type ArchivePolicyBody, archivePolicyBody } from "../../api/image-keeping.ts";
import { aeTitleKey, type DicomNode, dicomNodeKind } from "../nodes/dicom-node.ts";

export const archivePolicyKind = "ImagePolicy";

/** What holds for the whole archive: one document. */
export const archivePolicyId = "archive";

export const archivePolicyDefinition: KindDefinition = {
  kind: archivePolicyKind,
  check: (body) => {
    const { resourceType: _, ...own } = body;
    return archivePolicyBody.safeParse(own).success
      ? []
      : [incorrect("element-invalid", "The policy is not sound.", { where: archivePolicyKind })];
  },
  index: () => noEntries,
};

type Reading = Pick<HealthRecord, "readMany" | "search">;

/** What somebody decided for the archive, or what is usual. */
export async function readArchivePolicy(record: Pick<HealthRecord, "readMany">): Promise<Result<ArchivePolicyBody>> {
  const read = await record.readMany([{ kind: archivePolicyKind, id: archivePolicyId }]);
  if (!read.ok) return read;
  const [version] = read.value;
  const kept = version === undefined ? {} : parseBody<object>(version);
  return ok(archivePolicyBody.strip().parse(kept));
}

/** The node that sends under this name; undefined for one that is not known, and for people. */
export async function nodeCalled(
  record: Pick<HealthRecord, "search">,
  aeTitle: string,
): Promise<Result<DicomNode | undefined>> {
  const all = [{ is: "key", any: [aeTitleKey(aeTitle)] }] as const;
  const sort = { by: "updated", descending: true } as const;
  const found = await record.search({ kind: dicomNodeKind, all, sort, limit: 1 });
  if (!found.ok) return found;
  const [version] = found.value.versions;
  return ok(version === undefined ? undefined : parseBody<DicomNode>(version));
}

/**
 * What becomes of another object under a UID that is there: as its sender's node says, else the archive. Where neither can be
 * read nothing is lost: both are kept.
 */
export async function duplicatesFrom(record: Reading, source: string): Promise<DuplicatePolicy> {
  const node = await nodeCalled(record, source);
  if (node.ok && node.value?.duplicates !== undefined) return node.value.duplicates;
  const policy = node.ok ? await readArchivePolicy(record) : node;
  return policy.ok ? policy.value.duplicates : duplicatePolicies[0];
}
