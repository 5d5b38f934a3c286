import { incorrect, ok, type Result } from "#kernel";
import { type HealthRecord, type KindDefinition, noEntries, parseBody } from "#record";

export const linkSwitchKind = "LinkSwitch";

/** Whether a person has stopped a link: one document a link, its id is the link's name. */
export type LinkSwitch = {
  readonly link: string;
  readonly isStopped: boolean;
  readonly comment: string;
  /** `User/3f…`. */
  readonly by: string;
  readonly display: string;
  readonly at: string;
};

export const linkSwitchDefinition: KindDefinition = {
  kind: linkSwitchKind,
  check: ({ link, isStopped }) =>
    typeof link === "string" && typeof isStopped === "boolean"
      ? []
      : [incorrect("element-invalid", "link or isStopped is not sound.", { where: linkSwitchKind })],
  index: () => noEntries,
};

/** Those of these links that a person has stopped. Problems: those of the record. */
export async function stoppedLinks(
  record: Pick<HealthRecord, "readMany">,
  names: readonly string[],
): Promise<Result<readonly LinkSwitch[]>> {
  const found = await record.readMany(names.map((id) => ({ kind: linkSwitchKind, id })));
  if (!found.ok) return found;
  return ok(found.value.map((version) => parseBody<LinkSwitch>(version)).filter(({ isStopped }) => isStopped));
}
