import type { z } from "zod";
import type { Json } from "#kernel";
import type { FormField, FormKind, FormNames, FormWay } from "../../api/configuration-form.ts";
import { gates } from "../../gates/gate-table.ts";
import { choiceTitle, wordsAt } from "./form-words.ts";

/** What a schema of zod says of itself, as far as forms are made of it. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly entries?: Readonly<Record<string, string>>;
  readonly options?: readonly z.ZodType[];
  readonly values?: readonly Json[];
  readonly discriminator?: string;
  readonly defaultValue?: unknown;
  getter?(): z.ZodType;
}

interface Unwrapped {
  readonly definition: Definition;
  readonly isRequired: boolean;
  readonly usual?: unknown;
}

/** Members of files that are chosen from names there are. */
const chosen: Readonly<Record<string, FormNames>> = { to: "destinations", delivered: "destinations" };

/** The form of an object's schema: a field for each member but its name, which is that of the file. */
export function formFields(schema: z.ZodType, place: readonly string[]): readonly FormField[] {
  const { definition } = unwrap(schema);
  return Object.entries(definition.shape ?? {}).flatMap(([name, member]) => {
    const isOfFile = name === "name" && place.length === 1;
    return isOfFile ? [] : (fieldOf(name, member, place) ?? []);
  });
}

/** A condition may be denied, and a denied one not again: that is for those who write files. */
function fieldOf(name: string, schema: z.ZodType, around: readonly string[]): FormField | undefined {
  if (name === "not" && around.includes("not")) return undefined;
  const place = [...around, name];
  const { isRequired } = unwrap(schema);
  const words = wordsAt(place) ?? { title: name };
  return { ...words, name, isRequired, kind: name === "gates" ? gatesKind() : kindOf(schema, place) };
}

function kindOf(schema: z.ZodType, place: readonly string[]): FormKind {
  const { definition, usual } = unwrap(schema);
  const given = usual === undefined ? {} : { usual };
  switch (definition.type) {
    case "number":
      return { is: "number", ...(given as { usual?: number }) };
    case "boolean":
      return { is: "yes-or-no", ...(given as { usual?: boolean }) };
    case "enum": {
      const choices = Object.values(definition.entries ?? {}).map((value) => ({ value, title: choiceTitle(value) }));
      return { is: "choice", choices, ...(given as { usual?: string }) };
    }
    case "array":
      return { is: "list", item: itemKind(definition, place) };
    case "record":
      return { is: "table", value: kindOf(definition.valueType as z.ZodType, place) };
    case "object":
      return { is: "group", fields: formFields(schema, place) };
    case "union":
      return eitherOf(definition, { place, given });
    default:
      return { is: "text", ...(given as { usual?: string }) };
  }
}

function itemKind({ element }: Definition, place: readonly string[]): FormKind {
  const item = kindOf(element as z.ZodType, place);
  const of = chosen[place.at(-1) ?? ""];
  return item.is === "text" && of !== undefined ? { ...item, of } : item;
}

interface EitherAt {
  readonly place: readonly string[];
  readonly given: object;
}

/** Texts of which one is a certain word are texts. */
function eitherOf({ options = [], discriminator: by }: Definition, { place, given }: EitherAt): FormKind {
  const ways = options.map((option) => unwrap(option).definition);
  if (ways.every(({ type }) => type === "string" || type === "literal")) return { is: "text", ...given };
  return {
    is: "either",
    ...(by === undefined ? {} : { by }),
    ways: ways.map((way, at) => wayOf(way, { schema: options[at] as z.ZodType, place, by })),
    ...(given as { usual?: Json }),
  };
}

interface WayAt {
  readonly schema: z.ZodType;
  readonly place: readonly string[];
  readonly by: string | undefined;
}

function wayOf(definition: Definition, { schema, place, by }: WayAt): FormWay {
  const literal = definition.type === "literal" ? definition : unwrapMember(definition, by);
  const [value] = literal?.values ?? [];
  const member = by === undefined ? (place.at(-1) ?? "") : `${place.at(-1)}.${by}`;
  const words = wordsAt([`${member}=${String(value ?? "")}`]) ?? { title: String(value ?? "") };
  const fields = definition.type === "object" ? formFields(schema, place).filter(({ name }) => name !== by) : [];
  return { ...words, ...(value === undefined ? {} : { value }), fields };
}

function unwrapMember({ shape }: Definition, by: string | undefined): Definition | undefined {
  const member = by === undefined ? undefined : shape?.[by];
  return member === undefined ? undefined : unwrap(member).definition;
}

/** Each gate that may be set otherwise, with what it does where nothing is said. */
function gatesKind(): FormKind {
  const settable = Object.entries(gates).filter(([, { choices }]) => choices.length > 1);
  const outcomes = { accept: "Accept, with the finding noted", hold: "Hold for a person", reject: "Reject" } as const;
  return {
    is: "group",
    fields: settable.map(([name, { title, outcome, choices }]) => ({
      name,
      title,
      isRequired: false,
      kind: {
        is: "choice",
        choices: choices.map((value) => ({ value, title: outcomes[value] })),
        usual: outcome,
      },
    })),
  };
}

/** The schema itself, with what stands around it: whether it may be left out, and what it is then. */
function unwrap(schema: z.ZodType): Unwrapped {
  let definition = schema._zod.def as unknown as Definition;
  let isRequired = true;
  let usual: unknown;
  for (;;) {
    const { type, innerType } = definition;
    if (type === "lazy") definition = definition.getter?.()._zod.def as unknown as Definition;
    else if (innerType !== undefined) {
      isRequired = false;
      if (type === "default" || type === "prefault") usual = definition.defaultValue;
      definition = innerType._zod.def as unknown as Definition;
    } else return { definition, isRequired, ...(usual === undefined ? {} : { usual }) };
  }
}
