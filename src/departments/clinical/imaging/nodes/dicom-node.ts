import { incorrect } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import { type KeptNode, keptNode } from "../../api/nodes.ts";

export const dicomNodeKind = "DicomNode";

/** Another DICOM node: a modality, a workstation, another archive. Its id is a name of the hospital's own: `ct-1`. */
export type DicomNode = Readonly<KeptNode>;

export const dicomNodeDefinition: KindDefinition = {
  kind: dicomNodeKind,
  check: (body) => {
    const { resourceType: _, ...own } = body;
    const parsed = keptNode.safeParse(own);
    if (parsed.success) return [];
    const [issue] = parsed.error.issues;
    const where = `DicomNode.${issue?.path.join(".") ?? ""}`;
    return [incorrect("element-invalid", issue?.message ?? "The node is not sound.", { where })];
  },
  index: (body) => ({ ...noEntries, keys: [aeTitleKey(String(body.aeTitle))] }),
};

/** What a node is found by. */
export function aeTitleKey(aeTitle: string): string {
  return `aeTitle=${aeTitle.trim()}`;
}

/** Whether images can be sent to it. */
export function isCalled({ host, web }: DicomNode): boolean {
  return host !== undefined || web !== undefined;
}
