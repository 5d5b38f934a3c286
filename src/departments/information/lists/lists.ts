import { registerLists } from "../registers/register-lists.ts";
import { requestLists } from "../requests/request-lists.ts";
import type { ListDefinition } from "./list-definition.ts";

/** Every working list. To add one: write its table in `requests` or `registers`. */
export const lists: readonly ListDefinition[] = [...requestLists, ...registerLists];

const byName = new Map(lists.map((list) => [list.name, list]));

export function listNamed(name: string): ListDefinition | undefined {
  return byName.get(name);
}
