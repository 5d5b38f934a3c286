import { itemsOf, type JsonDataSet, textOf } from "../dicomweb/attributes.ts";
import { codes } from "./codes.ts";

/** What the viewer writes into its documents, and knows them again by: other parts of Corridor write documents too. */
export const maker = { manufacturer: "Corridor", model: "Image viewer" } as const;

/** Whether the viewer wrote this document, under this title. */
export function isOwn(document: JsonDataSet, title: "report" | "ofInterest"): boolean {
  const isMade = textOf(document, "00080070") === maker.manufacturer && textOf(document, "00081090") === maker.model;
  const [named] = itemsOf(document, "0040A043");
  return isMade && textOf(named ?? {}, "00080100") === codes[title].value;
}
