import { incorrect, type JsonObject, type Problem } from "#kernel";
import { type IndexEntries, type KindDefinition, noEntries, type TextEntry } from "#record";
import { isOpen, itemStates } from "../lists/life.ts";
import { listNamed } from "../lists/lists.ts";
import { type GovernanceItem, itemKind } from "./item.ts";

/** What the record knows of entries of working lists. */
export const itemDefinition: KindDefinition = {
  kind: itemKind,
  check: (body) => problemsOf(body),
  index: (body) => entriesOf(body as unknown as GovernanceItem),
};

function entriesOf(item: GovernanceItem): IndexEntries {
  const { list, state, patient, assignee, marks, dueAt, onTime, tags } = item;
  return {
    ...noEntries,
    keys: [
      `list=${list}`,
      `area=${listNamed(list)?.area ?? ""}`,
      `state=${state}`,
      `stage=${isOpen(state) ? "open" : "closed"}`,
      ...(patient === undefined ? [] : [`patient=${patient}`]),
      ...(assignee === undefined ? [] : [`assignee=${assignee.reference}`]),
      ...(onTime === undefined ? [] : [`on-time=${onTime ? "yes" : "no"}`]),
      ...tags.map((tag) => `tag=${tag}`),
    ],
    dates: [...momentOf("received", marks.received), ...momentOf("closed", marks.closed), ...momentOf("due", dueAt)],
    texts: wordsOf(item),
  };
}

function momentOf(parameter: string, at: string | undefined) {
  const fromMs = Date.parse(at ?? "");
  return Number.isNaN(fromMs) ? [] : [{ parameter, fromMs, toMs: fromMs + 1 }];
}

/** By its reference, and by every word of its title and of who asks. */
function wordsOf({ reference, title, fields }: GovernanceItem): readonly TextEntry[] {
  const words = [reference, ...`${title} ${fields.requester ?? ""}`.split(/\s+/)].filter((word) => word !== "");
  return [...new Set(words)].slice(0, 50).map((written) => ({ parameter: "word", text: plainText(written), written }));
}

/** Lower case, without accents. */
export function plainText(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function problemsOf(body: JsonObject): readonly Problem[] {
  const { marks, changed } = body as unknown as Partial<GovernanceItem>;
  const checks: readonly (readonly [element: string, isSound: boolean])[] = [
    ["list", listNamed(String(body.list)) !== undefined],
    ["reference", typeof body.reference === "string"],
    ["title", typeof body.title === "string" && body.title !== ""],
    ["state", itemStates.some((state) => state === body.state)],
    ["marks", !Number.isNaN(Date.parse(marks?.received ?? ""))],
    ["changed", typeof changed?.by === "string" && typeof changed.did === "string"],
    ["fields", typeof body.fields === "object"],
  ];
  return checks
    .filter(([, isSound]) => !isSound)
    .map(([element]) =>
      incorrect("element-invalid", `${element} is missing or not sound.`, { where: `${itemKind}.${element}` }),
    );
}
