import { type ResourceScope, scopeText } from "./resource-scope.ts";

/**
 * What of the scopes that are asked for is within those that are allowed: unchanged where all of one is, else what both
 * give. A search that is allowed is added to what is asked for. In the order in which they were asked for, each once.
 */
export function narrowedScopes(
  asked: readonly ResourceScope[],
  allowed: readonly ResourceScope[],
): readonly ResourceScope[] {
  const found = new Map<string, ResourceScope>();
  for (const scope of asked) {
    const parts = allowed.flatMap((limit) => common(scope, limit) ?? []);
    const whole = parts.find(({ text }) => text === scope.text);
    for (const part of whole === undefined ? parts : [whole]) found.set(part.text, part);
  }
  return [...found.values()];
}

function common(asked: ResourceScope, limit: ResourceScope): ResourceScope | undefined {
  if (asked.level !== limit.level) return undefined;
  if (asked.type !== "*" && limit.type !== "*" && asked.type !== limit.type) return undefined;
  const type = asked.type === "*" ? limit.type : asked.type;
  const letters = [...asked.letters].filter((letter) => limit.letters.includes(letter)).join("");
  if (letters === "") return undefined;
  const search = [...new Set([...asked.search.split("&"), ...limit.search.split("&")])].filter(Boolean).join("&");
  const isWhole = type === asked.type && letters === asked.letters && search === asked.search;
  if (isWhole) return asked;
  const narrowed = { level: asked.level, type, letters, search };
  return { ...narrowed, text: scopeText(narrowed) };
}
