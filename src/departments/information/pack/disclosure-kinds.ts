import { incorrect, type JsonObject, type Problem } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import { packKind, packStates, sheetKind } from "./disclosure.ts";

/** What the record knows of what is gathered and packed for a person. */
export const disclosureKinds: readonly KindDefinition[] = [
  {
    kind: sheetKind,
    check: (body) =>
      problems(sheetKind, [
        ["entries", Array.isArray(body.entries)],
        ["item", isText(body.item)],
      ]),
    index: ({ item, number }: JsonObject) => ({
      ...noEntries,
      keys: [`item=${String(item)}`],
      numbers: [{ parameter: "number", low: Number(number), high: Number(number) }],
    }),
  },
  {
    kind: packKind,
    check: (body) =>
      problems(packKind, [
        ["state", packStates.some((state) => state === body.state)],
        ["parts", Array.isArray(body.parts)],
      ]),
    index: ({ state, patient }: JsonObject) => ({
      ...noEntries,
      keys: [`state=${String(state)}`, `patient=${String(patient)}`],
    }),
  },
];

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function problems(kind: string, checks: readonly (readonly [string, boolean])[]): readonly Problem[] {
  return checks
    .filter(([, isSound]) => !isSound)
    .map(([element]) =>
      incorrect("element-invalid", `${element} is missing or not sound.`, { where: `${kind}.${element}` }),
    );
}
