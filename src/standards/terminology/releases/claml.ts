import { failed, incorrect, type Result } from "#kernel";
import type { ConceptProperty, Designation } from "../definition.ts";
import { checkRelease } from "./check.ts";
import type { Release, ReleaseConcept, ReleaseNames } from "./release.ts";
import { type XmlToken, xmlTokens } from "./xml-tokens.ts";

interface Building {
  readonly code: string;
  readonly kind: string;
  readonly parents: string[];
  readonly designations: Designation[];
  readonly properties: ConceptProperty[];
  display?: string;
  language?: string;
}

interface Rubric {
  readonly kind: string;
  language: string | undefined;
  text: string;
}

/** Where the reader is: in which class, rubric and label. */
interface State {
  readonly classes: Building[];
  title: { name?: string; version?: string };
  current: Building | undefined;
  rubric: Rubric | undefined;
  isInLabel: boolean;
}

/** Kinds of rubric that are other names of a class; any other is a property of that name. */
const nameKinds: ReadonlySet<string> = new Set(["preferredLong", "inclusion"]);

/**
 * A classification such as ICD-10 from its ClaML text: chapters, blocks and categories with what is under what. Chapters and blocks
 * only group. Codes made by modifiers are not built. Problems: incorrect `not-claml`, `name-missing`, and those of `checkRelease`.
 * Source: EN 14463 (ClaML).
 */
export function clamlRelease(xml: string, names: ReleaseNames): Result<Release> {
  const state: State = { classes: [], title: {}, current: undefined, rubric: undefined, isInLabel: false };
  let isClaml = false;
  for (const token of xmlTokens(xml)) {
    isClaml ||= token.is === "open" && token.name === "ClaML";
    if (isClaml) take(state, token);
  }
  if (!isClaml) return failed(notClaml);
  const { url = "http://hl7.org/fhir/sid/icd-10", version = state.title.version, title = state.title.name } = names;
  if (version === undefined) return failed(noVersion);
  return checkRelease({ url, version, title: title ?? url, concepts: state.classes.map(finished) });
}

const notClaml = incorrect("not-claml", "The file is no ClaML document.");
const noVersion = incorrect("name-missing", "The file does not say its version: name it, such as 2019.");

function take(state: State, token: XmlToken): void {
  if (token.is === "open") opened(state, token.name, token.attributes);
  else if (token.is === "close") closed(state, token.name);
  else if (state.isInLabel && state.rubric !== undefined) state.rubric.text += token.text;
}

function opened(state: State, name: string, attributes: Readonly<Record<string, string>>): void {
  const { code = "", kind = "" } = attributes;
  if (name === "Title") state.title = attributes;
  else if (name === "Class") state.current = { code, kind, parents: [], designations: [], properties: [] };
  else if (name === "ModifierClass") state.current = undefined;
  else if (name === "SuperClass") state.current?.parents.push(code);
  else if (name === "Rubric") state.rubric = { kind, language: undefined, text: "" };
  else if (name === "Label" && state.rubric !== undefined) {
    state.rubric.language = attributes["xml:lang"];
    state.isInLabel = true;
  }
}

function closed(state: State, name: string): void {
  if (name === "Label") state.isInLabel = false;
  else if (name === "Rubric") {
    if (state.current !== undefined && state.rubric !== undefined) note(state.current, state.rubric);
    state.rubric = undefined;
  } else if (name === "Class") {
    if (state.current !== undefined) state.classes.push(state.current);
    state.current = undefined;
  }
}

function note(current: Building, { kind, language, text }: Rubric): void {
  const value = text.trim().replace(/\s+/g, " ");
  if (value === "") return;
  if (kind === "preferred") {
    current.display ??= value;
    if (language !== undefined) current.language ??= language;
  } else if (nameKinds.has(kind)) current.designations.push({ ...(language === undefined ? {} : { language }), value });
  else current.properties.push({ code: kind, valueString: value });
}

function finished({ code, kind, parents, designations, properties, display, language }: Building): ReleaseConcept {
  return {
    code,
    ...(display === undefined ? {} : { display }),
    ...(language === undefined ? {} : { language }),
    isInactive: false,
    isAbstract: kind === "chapter" || kind === "block",
    parents,
    designations,
    properties: [{ code: "kind", valueCode: kind }, ...properties],
  };
}
