import { parseSearchExpression } from "./search-expression.ts";
import { searchParameterOf } from "./search-parameters.ts";
import { routesOf } from "./search-route.ts";

/** Whether a reference parameter names what it points at by a canonical url, and never by type and id. */
export function refersByUrl(type: string, code: string): boolean {
  const expression = parseSearchExpression(searchParameterOf(type, code)?.expression ?? "");
  const routes = expression === undefined ? [] : routesOf(expression, type);
  return routes.length > 0 && routes.every((route) => route.type === "canonical" || route.type === "uri");
}
