import type { CodeView, TargetCode } from "#departments/clinical/api";
import { loincSystem, snomedSystem, ucumSystem } from "./code-words.ts";

/** What is chosen in the form: one of the suggestions by its place, a code that was typed, or that there is none. */
export type Choice = `suggestion-${number}` | "typed" | "none";

/** Where the meaning of such a code may come from; a unit is only of use as one of UCUM. */
export function systemsFor(field: CodeView["field"]): readonly string[] {
  return field === "OBX-6" ? [ucumSystem] : [loincSystem, snomedSystem];
}

/** What is being proposed: a code, `none`, or undefined while nothing whole is chosen. */
export function chosenMeaning(
  choice: Choice | undefined,
  suggestions: readonly TargetCode[],
  typed: TargetCode,
): TargetCode | "none" | undefined {
  if (choice === undefined || choice === "none") return choice;
  if (choice === "typed") return typedCode(typed);
  const suggestion = suggestions[Number(choice.slice("suggestion-".length))];
  if (suggestion === undefined) return undefined;
  const { system, code, display } = suggestion;
  return { system, code, ...(display === undefined ? {} : { display }) };
}

function typedCode({ system, code, display = "" }: TargetCode): TargetCode | undefined {
  if (code.trim() === "") return undefined;
  return { system, code: code.trim(), ...(display.trim() === "" ? {} : { display: display.trim() }) };
}
