import { incorrect, type Problem } from "#kernel";

export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

export function isTime(value: unknown): boolean {
  return isText(value) && !Number.isNaN(Date.parse(value));
}

/** Only Corridor writes what it watches by: what is checked is what later readers rely on. */
export function sound(isSound: boolean, kind: string): readonly Problem[] {
  return isSound ? [] : [incorrect("element-invalid", "An element is missing or not sound.", { where: kind })];
}
