import { incorrect } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import { deterministicId } from "../../messages/deterministic-id.ts";

export const imageEditKind = "ImageEdit";

/** What is shown of a study otherwise than it was received. Its versions are the history of that. */
export type ImageEdit = {
  readonly study: string;
  /** By keyword, as they are shown. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly reason: string;
  /** `User/3f…`. */
  readonly by: string;
  readonly display: string;
  readonly at: string;
};

export const imageEditDefinition: KindDefinition = {
  kind: imageEditKind,
  check: ({ study, reason }) =>
    typeof study === "string" && typeof reason === "string"
      ? []
      : [incorrect("element-invalid", "study or reason is not sound.", { where: imageEditKind })],
  index: () => noEntries,
};

export function imageEditId(study: string): string {
  return deterministicId(imageEditKind, study);
}
