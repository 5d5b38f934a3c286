import type { Json, JsonObject } from "#kernel";

/** What the validator asks about codes. */
export interface TerminologyCheck {
  /** Whether the code is in the value set; undefined where that cannot be said here. */
  isMember(valueSetUrl: string, coding: CodingText): boolean | undefined;
  /** The name that the code system gives the code. */
  displayOf?(system: string, code: string): string | undefined;
  /** Whether the code system is at hand. */
  knowsSystem(system: string): boolean;
  /** Whether the code system has the code; undefined where that cannot be said here. */
  isCode(system: string, code: string): boolean | undefined;
}

export interface CodingText {
  readonly system?: string;
  readonly code: string;
  readonly display?: string;
}

function isTextOrAbsent(value: Json | undefined): boolean {
  return value === undefined || typeof value === "string";
}

/** The parts of a Coding (or Quantity) that say which code it is; undefined where there is no code. */
export function codingText(object: JsonObject): CodingText | undefined {
  const { system, code, display } = object;
  if (typeof code !== "string") return undefined;
  // Nearly always the object is right as it stands, and need not be copied.
  if (isTextOrAbsent(system) && isTextOrAbsent(display)) return object as unknown as CodingText;
  return {
    code,
    ...(typeof system === "string" ? { system } : {}),
    ...(typeof display === "string" ? { display } : {}),
  };
}
