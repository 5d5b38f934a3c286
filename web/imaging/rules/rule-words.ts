import type { ImageRouteBody } from "#departments/clinical/api";
import { countOf } from "../../parts/format/numbers.ts";

export const triggerWords: Readonly<Record<ImageRouteBody["trigger"], string>> = {
  received: "When a study has come",
  admitted: "When the patient is admitted, studies that are there",
  booked: "When the patient is booked, studies that are there",
};

/** What a rule does, in one sentence. */
export function ruleSentence(rule: ImageRouteBody): string {
  const { trigger, sources, modalities, bodyParts, descriptions, hours, to, priors } = rule;
  const asks = [
    sources.length === 0 ? "" : `from ${listed(sources)}`,
    modalities.length === 0 ? "" : `of ${listed(modalities)}`,
    bodyParts.length === 0 ? "" : `of the ${listed(bodyParts).toLowerCase()}`,
    descriptions.length === 0 ? "" : `whose description has ${listed(descriptions.map((part) => `“${part}”`))}`,
    hours === undefined ? "" : `between ${hours.from} and ${hours.to}`,
  ].filter((part) => part !== "");
  const which = asks.length === 0 ? "whatever it is" : asks.join(", ");
  const same = priors?.sameModality === true ? " of the same modality" : "";
  const along =
    priors === undefined ? "" : `, with up to ${countOf(priors.count, "earlier study", "earlier studies")}${same}`;
  return `${triggerWords[trigger]}, ${which}: to ${to.join(" and ")}${along}.`;
}

function listed(words: readonly string[]): string {
  return words.join(" or ");
}
